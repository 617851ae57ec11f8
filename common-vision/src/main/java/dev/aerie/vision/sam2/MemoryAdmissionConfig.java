package dev.aerie.vision.sam2;

/// Which tracked frames an object remembers.
///
/// Sources: SAMURAI (Yang et al. 2024), section 4, for the scores and the motion; DAM4SAM (Videnovic et al. 2025),
/// section 3, for the anchors. The values are theirs, but for the pause after a jump and what spares work: the last
/// three.
///
/// - `isSelective`: whether frames are selected at all; else each tracked frame is remembered until it is 6 frames old,
///   and nothing below counts
/// - `minPredictedIou`: predicted intersection over union of the mask, 0..1, below which a frame serves the next one
///   only
/// - `minPresenceLogit`: at or below it the object is hidden, and only the pointer that says so is remembered
/// - `minMotionOverlap`: intersection over union of the mask's box with the predicted one, 0..1, at or below which the
///   mask jumped, once motion is steady
/// - `steadyFrames`: consecutive visible frames after which motion is steady
/// - `pauseFrames`: after a jump, in which nothing is remembered
/// - `maxAnchors`: frames kept because something alike was near, at most
/// - `minAnchorIou`: predicted intersection over union of such a frame's mask, 0..1
/// - `maxAnchorBoxShare`: area of the mask's box as a fraction of the box round it and the largest other region of an
///   alternative mask, 0..1, below which that region is something alike
/// - `maxAnchorAreaChange`: difference of the mask's area from the median of the last ones, as a fraction of it
/// - `areaFrames`: number of these areas
/// - `anchorIntervalFrames`: between two anchors, at least
/// - `minStillOverlap`: intersection over union of the mask's box with that of the frame remembered last, 0..1, from
///   which on the object stands still
/// - `stillIntervalFrames`: of an object that stands still one frame in so many is remembered
/// - `hiddenIntervalFrames`: an object that has been hidden for so many frames is looked for once in as many
/// - `corrections`: how frames are remembered in which a tracked object was prompted again, selective or not
public record MemoryAdmissionConfig(
        boolean isSelective,
        float minPredictedIou,
        float minPresenceLogit,
        double minMotionOverlap,
        int steadyFrames,
        int pauseFrames,
        int maxAnchors,
        float minAnchorIou,
        double maxAnchorBoxShare,
        double maxAnchorAreaChange,
        int areaFrames,
        int anchorIntervalFrames,
        double minStillOverlap,
        int stillIntervalFrames,
        int hiddenIntervalFrames,
        CorrectionRule corrections) {

    /// Frames whose mask is probably right.
    public static final MemoryAdmissionConfig SELECTIVE = new MemoryAdmissionConfig(
            true, 0.5f, 0, 0, 15, 15, 2, 0.8f, 0.7, 0.2, 10, 5, 0.9, 2, 4, CorrectionRule.CONDITIONING);

    /// Every frame, as the publishers' predictors do.
    public static final MemoryAdmissionConfig ALL =
            new MemoryAdmissionConfig(false, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, CorrectionRule.CONDITIONING);

    public MemoryAdmissionConfig {
        if (stillIntervalFrames < 1 || hiddenIntervalFrames < 1) {
            throw new IllegalArgumentException(
                    "intervals are at least 1 frame, were " + stillIntervalFrames + " and " + hiddenIntervalFrames);
        }
        if (steadyFrames < 1 || areaFrames < 1 || pauseFrames < 0 || maxAnchors < 0) {
            throw new IllegalArgumentException("steadyFrames and areaFrames are at least 1, pauseFrames and maxAnchors"
                    + " at least 0, were " + steadyFrames + ", " + areaFrames + ", " + pauseFrames + ", " + maxAnchors);
        }
    }

    /// This with another rule of corrections.
    public MemoryAdmissionConfig withCorrections(CorrectionRule rule) {
        return new MemoryAdmissionConfig(
                isSelective,
                minPredictedIou,
                minPresenceLogit,
                minMotionOverlap,
                steadyFrames,
                pauseFrames,
                maxAnchors,
                minAnchorIou,
                maxAnchorBoxShare,
                maxAnchorAreaChange,
                areaFrames,
                anchorIntervalFrames,
                minStillOverlap,
                stillIntervalFrames,
                hiddenIntervalFrames,
                rule);
    }

    /// Age of the oldest tracked frame whose memory is attended to, in frames.
    long maxAgeFrames() {
        return isSelective ? Long.MAX_VALUE : ObjectMemory.RECENT_MEMORIES;
    }
}
