package dev.aerie.evaluation.sot;

import dev.aerie.evaluation.vos.ImageFiles;
import dev.aerie.evaluation.vos.VosSequence;
import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.SingleObjectTracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs a single-object tracker on a video with true masks, from the first mask's box, and scores it.
public final class SotRun {

    private static final double NANOS_PER_SECOND = 1e9;

    private SotRun() {}

    /// Tracks the first mask's first object. Frames without it are tracked but not scored.
    ///
    /// - `tracker`: lent
    /// - throws [IOException] for files that cannot be read, or an empty first mask
    public static SotScore score(VosSequence sequence, SingleObjectTracker tracker) throws IOException, ModelException {
        var first = sequence.truth(0).entrySet().stream()
                .findFirst()
                .orElseThrow(() -> new IOException(sequence.masks().getFirst() + " shows no object"));
        try (var frames = new ImageFiles(sequence.name(), sequence.frames())) {
            begin(tracker, frames, first.getValue().box());
            return follow(sequence, first.getKey(), tracker, frames);
        }
    }

    private static void begin(SingleObjectTracker tracker, ImageFiles frames, Box box)
            throws IOException, ModelException {
        VideoFrame first = frames.read(0);
        try {
            tracker.begin(first, box);
        } finally {
            first.release();
        }
    }

    private static SotScore follow(VosSequence sequence, int object, SingleObjectTracker tracker, ImageFiles frames)
            throws IOException, ModelException {
        List<Box> truth = new ArrayList<>();
        List<Box> found = new ArrayList<>();
        long nanos = 0;
        for (int i = 1; i < sequence.frames().size(); i++) {
            VideoFrame frame = frames.read(i);
            try {
                long begun = System.nanoTime();
                Box box = tracker.update(frame).box();
                nanos += System.nanoTime() - begun;
                BinaryMask mask = sequence.truth(i).get(object);
                if (mask != null) {
                    truth.add(mask.box());
                    found.add(box);
                }
            } finally {
                frame.release();
            }
        }
        double fps = (sequence.frames().size() - 1) * NANOS_PER_SECOND / nanos;
        return SotScore.of(sequence.name(), truth, found, fps);
    }
}
