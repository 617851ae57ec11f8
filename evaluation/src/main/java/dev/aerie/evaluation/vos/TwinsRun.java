package dev.aerie.evaluation.vos;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tracks people who look alike and pass each other, from their true masks in the first frame, and judges whose mask
/// lies on whom at the end.
public final class TwinsRun {

    /// Last frames that are judged: they have passed each other long before.
    private static final int JUDGED_FRAMES = 10;

    /// Of all pixels of an object's true masks, below which it counts as lost.
    private static final double MIN_FOUND = 0.1;

    private final MaskTracker.Factory trackers;

    /// - `trackers`: lent
    public TwinsRun(MaskTracker.Factory trackers) {
        this.trackers = trackers;
    }

    /// Tracks every body that the first frame shows.
    public TwinsScore score(SimulatedVideo video) throws ModelException {
        VideoFrame first = video.frame(0);
        try (var tracker = trackers.open(first.size(), video.bodies().size(), 1)) {
            prompt(tracker, first, video.bodies());
            var sums = new TreeMap<Integer, Shares>();
            video.bodies().keySet().forEach(body -> sums.put(body, new Shares()));
            double region = 0;
            for (int number = 1; number < video.frames(); number++) {
                Map<Long, BinaryMask> found = track(tracker, video.frame(number), first.size());
                boolean isJudged = number >= video.frames() - JUDGED_FRAMES;
                for (var sum : sums.entrySet()) {
                    region += sum.getValue().add(sum.getKey(), found, video.bodies(), first.size(), isJudged);
                }
            }
            return new TwinsScore(
                    video.name(),
                    region / (sums.size() * (video.frames() - 1.0)),
                    (int) sums.values().stream().filter(Shares::isSwitched).count(),
                    (int) sums.values().stream().filter(Shares::isLost).count());
        } finally {
            first.release();
        }
    }

    private static void prompt(MaskTracker tracker, VideoFrame frame, Map<Integer, BinaryMask> bodies)
            throws ModelException {
        List<Prompt> prompts = bodies.entrySet().stream()
                .<Prompt>map(body -> new Prompt.MaskPrompt(body.getKey(), body.getValue()))
                .toList();
        tracker.prompt(frame, prompts);
    }

    private static Map<Long, BinaryMask> track(MaskTracker tracker, VideoFrame frame, FrameSize size)
            throws ModelException {
        try {
            var masks = new TreeMap<Long, BinaryMask>();
            for (ObjectMask mask : tracker.process(frame)) {
                masks.put(mask.object(), mask.isVisible() ? mask.logits().toFrame(size) : BinaryMask.empty(size));
            }
            return masks;
        } finally {
            frame.release();
        }
    }

    /// Pixels of one object's masks in the judged frames.
    private static final class Shares {

        private long own;
        private long others;
        private long whole;

        /// Adds one frame; the mask's J in it.
        double add(
                int body,
                Map<Long, BinaryMask> found,
                Map<Integer, BinaryMask> truth,
                FrameSize size,
                boolean isJudged) {
            var mask = orEmpty(found.get((long) body), size);
            var wanted = orEmpty(truth.get(body), size);
            if (isJudged) {
                own += mask.sharedPixels(wanted);
                whole += wanted.areaPixels();
                for (var other : truth.entrySet()) {
                    others += other.getKey() == body ? 0 : mask.sharedPixels(other.getValue());
                }
            }
            return mask.isEmpty() && wanted.isEmpty() ? 1 : mask.overlapWith(wanted);
        }

        private static BinaryMask orEmpty(@Nullable BinaryMask mask, FrameSize size) {
            return mask == null ? BinaryMask.empty(size) : mask;
        }

        boolean isSwitched() {
            return others > own && !isLost();
        }

        boolean isLost() {
            return own + others < MIN_FOUND * whole;
        }
    }
}
