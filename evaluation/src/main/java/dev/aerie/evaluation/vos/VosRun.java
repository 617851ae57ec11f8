package dev.aerie.evaluation.vos;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs a mask tracker on a labelled video from the true masks of its first frame, and scores it.
public final class VosRun {

    private static final double NANOS_PER_SECOND = 1e9;

    private final MaskTracker.Factory trackers;

    /// - `trackers`: lent
    public VosRun(MaskTracker.Factory trackers) {
        this.trackers = trackers;
    }

    /// Tracks the objects of the first mask. The last frame is tracked but not scored, as in DAVIS; an object that
    /// appears only in later masks does not count.
    ///
    /// - throws [IOException] for files that cannot be read, or an empty first mask
    public VosScore score(VosSequence sequence) throws IOException, ModelException {
        Map<Integer, BinaryMask> objects = sequence.truth(0);
        if (objects.isEmpty()) {
            throw new IOException(sequence.masks().getFirst() + " shows no object");
        }
        var first = objects.values().iterator().next();
        try (var frames = new ImageFiles(sequence.name(), sequence.frames());
                var tracker = trackers.open(first.size(), objects.size(), 1)) {
            return new Scoring(sequence, first.size(), List.copyOf(objects.keySet()))
                    .run(frames, tracker, prompts(objects));
        }
    }

    private static List<Prompt> prompts(Map<Integer, BinaryMask> objects) {
        return objects.entrySet().stream()
                .<Prompt>map(entry -> new Prompt.MaskPrompt(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// One video's sums.
    private static final class Scoring {

        private final VosSequence sequence;
        private final FrameSize size;
        private final List<Integer> objects;
        private double region;
        private double boundary;
        private int judged;
        private long nanos;

        Scoring(VosSequence sequence, FrameSize size, List<Integer> objects) {
            this.size = size;
            this.sequence = sequence;
            this.objects = objects;
        }

        VosScore run(ImageFiles frames, MaskTracker tracker, List<Prompt> prompts) throws IOException, ModelException {
            begin(frames, tracker, prompts);
            int last = sequence.frames().size() - 1;
            for (int frame = 1; frame <= last; frame++) {
                List<ObjectMask> found = follow(frames, tracker, frame);
                if (frame < last) {
                    judge(frame, found);
                }
            }
            return new VosScore(sequence.name(), region / judged, boundary / judged, last * NANOS_PER_SECOND / nanos);
        }

        private static void begin(ImageFiles frames, MaskTracker tracker, List<Prompt> prompts)
                throws IOException, ModelException {
            VideoFrame frame = frames.read(0);
            try {
                tracker.prompt(frame, prompts);
            } finally {
                frame.release();
            }
        }

        private List<ObjectMask> follow(ImageFiles frames, MaskTracker tracker, int frame)
                throws IOException, ModelException {
            VideoFrame image = frames.read(frame);
            try {
                long begun = System.nanoTime();
                List<ObjectMask> found = tracker.process(image);
                nanos += System.nanoTime() - begun;
                return found;
            } finally {
                image.release();
            }
        }

        private void judge(int frame, List<ObjectMask> found) throws IOException {
            Map<Integer, BinaryMask> truth = sequence.truth(frame);
            Map<Long, ObjectMask> byObject =
                    found.stream().collect(Collectors.toMap(ObjectMask::object, Function.identity()));
            for (int object : objects) {
                var wanted = truth.getOrDefault(object, BinaryMask.empty(size));
                var mask = byObject.get((long) object);
                var drawn =
                        mask == null ? BinaryMask.empty(size) : mask.logits().toFrame(size);
                var agreement = MaskAgreement.of(drawn, wanted);
                region += agreement.region();
                boundary += agreement.boundary();
                judged++;
            }
        }
    }
}
