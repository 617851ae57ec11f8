package dev.aerie.vision.sam2;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.mot.KalmanBox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Decides what one object remembers of each frame that it is tracked into, by the mask decoder's scores, by the
/// object's motion, and by what else the decoder might have drawn. Boxes are in cells of the model's masks.
final class MemoryAdmission {

    private final MemoryAdmissionConfig config;
    private final Deque<Long> areas = new ArrayDeque<>();
    private Optional<KalmanBox> motion = Optional.empty();
    private int visibleFrames;
    private int pauseFrames;
    private int framesSinceAnchor;
    private Optional<Box> remembered = Optional.empty();
    private int framesSinceMemory;
    private int hiddenFrames;

    MemoryAdmission(MemoryAdmissionConfig config) {
        this.config = config;
    }

    /// What is remembered of a frame.
    enum Verdict {
        /// Mask and pointer.
        ADMITTED,
        /// The same, for longer: something alike is near.
        ANCHOR,
        /// Mask and pointer, the mask for the next frame only: its predicted IoU is low.
        DOUBTFUL,
        /// The pointer: the mask is like that of the frame before, which is remembered.
        ALIKE,
        /// The pointer: the object is hidden.
        HIDDEN,
        /// Nothing: the mask jumped, or did not long ago, or was called drift.
        REFUSED;

        /// Whether the mask is to be encoded.
        boolean hasMemory() {
            return this == ADMITTED || this == ANCHOR || this == DOUBTFUL;
        }

        /// Whether the pointer is remembered without the mask.
        boolean hasPointerOnly() {
            return this == ALIKE || this == HIDDEN;
        }

        /// Whether it lasts beyond the next frame.
        boolean isAdmitted() {
            return this == ADMITTED || this == ANCHOR;
        }

        MemoryKind kind() {
            return switch (this) {
                case ANCHOR -> MemoryKind.ANCHOR;
                case DOUBTFUL -> MemoryKind.PASSING;
                case ADMITTED, ALIKE, HIDDEN, REFUSED -> MemoryKind.TRACKED;
            };
        }
    }

    /// Starts afresh with a prompted mask.
    void restart(MaskPrediction prompted) {
        var region = MaskRegion.of(prompted.logits());
        motion = region.isEmpty() ? Optional.empty() : Optional.of(new KalmanBox(region.box()));
        remembered = region.isEmpty() ? Optional.empty() : Optional.of(region.box());
        framesSinceMemory = 0;
        hiddenFrames = 0;
        areas.clear();
        visibleFrames = 0;
        pauseFrames = 0;
        framesSinceAnchor = 0;
    }

    /// Judges the next frame.
    ///
    /// - `alternatives`: the masks among which the decoder chose
    Verdict judge(MaskPrediction prediction, List<MaskLogits> alternatives) {
        framesSinceAnchor++;
        framesSinceMemory++;
        motion.ifPresent(filter -> filter.predict(1));
        var region = prediction.presenceLogit() <= config.minPresenceLogit()
                ? MaskRegion.NONE
                : MaskRegion.of(prediction.logits());
        if (region.isEmpty()) {
            visibleFrames = 0;
            hiddenFrames++;
            return Verdict.HIDDEN;
        }
        hiddenFrames = 0;
        boolean isPaused = pauseFrames > 0;
        pauseFrames = Math.max(0, pauseFrames - 1);
        if (jumps(region.box())) {
            pause(region.box());
            return Verdict.REFUSED;
        }
        follow(region.box());
        if (isPaused) {
            return Verdict.REFUSED;
        }
        if (prediction.predictedIou() < config.minPredictedIou()) {
            return Verdict.DOUBTFUL;
        }
        boolean isAnchor = isAnchor(prediction, region, alternatives);
        framesSinceAnchor = isAnchor ? 0 : framesSinceAnchor;
        addArea(region.cells());
        if (!isAnchor && isAlike(region.box())) {
            return Verdict.ALIKE;
        }
        remembered = Optional.of(region.box());
        framesSinceMemory = 0;
        return isAnchor ? Verdict.ANCHOR : Verdict.ADMITTED;
    }

    /// Whether the object is not looked for at `time`, because it has been hidden for some frames.
    ///
    /// All objects are looked for in the same frames: the others need not be encoded.
    boolean isSkippedAt(long time) {
        return hiddenFrames >= config.hiddenIntervalFrames() && time % config.hiddenIntervalFrames() != 0;
    }

    /// The frame judged last showed something else.
    void refuse() {
        motion = Optional.empty();
        remembered = Optional.empty();
        visibleFrames = 0;
        pauseFrames = config.pauseFrames();
    }

    private boolean isAlike(Box box) {
        return framesSinceMemory < config.stillIntervalFrames()
                && remembered.isPresent()
                && remembered.get().overlapWith(box) >= config.minStillOverlap();
    }

    private boolean jumps(Box box) {
        return visibleFrames >= config.steadyFrames()
                && motion.isPresent()
                && motion.get().box().overlapWith(box) <= config.minMotionOverlap();
    }

    private void pause(Box box) {
        motion = Optional.of(new KalmanBox(box));
        remembered = Optional.empty();
        visibleFrames = 0;
        pauseFrames = config.pauseFrames();
    }

    private void follow(Box box) {
        visibleFrames++;
        motion.ifPresentOrElse(filter -> filter.correct(box), () -> motion = Optional.of(new KalmanBox(box)));
    }

    private boolean isAnchor(MaskPrediction prediction, MaskRegion region, List<MaskLogits> alternatives) {
        return config.maxAnchors() > 0
                && framesSinceAnchor >= config.anchorIntervalFrames()
                && prediction.predictedIou() >= config.minAnchorIou()
                && isOfUsualSize(region.cells())
                && alternatives.stream().anyMatch(other -> showsSomethingAlike(prediction.logits(), region, other));
    }

    private boolean isOfUsualSize(long cells) {
        if (areas.size() < config.areaFrames()) {
            return false;
        }
        long median = areas.stream().sorted().skip(areas.size() / 2).findFirst().orElseThrow();
        return Math.abs(cells - median) <= config.maxAnchorAreaChange() * median;
    }

    private boolean showsSomethingAlike(MaskLogits chosen, MaskRegion region, MaskLogits other) {
        var elsewhere = MaskRegion.largestBeyond(chosen, other);
        return !elsewhere.isEmpty()
                && region.box().areaPixels()
                        < config.maxAnchorBoxShare()
                                * elsewhere.with(region).box().areaPixels();
    }

    private void addArea(long cells) {
        if (areas.size() == config.areaFrames()) {
            areas.removeFirst();
        }
        areas.addLast(cells);
    }
}
