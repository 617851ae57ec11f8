package dev.aerie.vision.track;

import dev.aerie.vision.mask.MaskLogits;

/// A tracker's mask of one object in one frame.
///
/// - `object`: as its prompts name it
/// - `logits`: a grid over the whole frame; nowhere above 0 where the object is not visible
/// - `score`: the tracker's estimate of the mask's quality, 0..1 (SAM 2: predicted IoU)
/// - `presence`: probability that the object is visible in this frame, 0..1; from 0.5 on it counts as visible
public record ObjectMask(long object, MaskLogits logits, double score, double presence) {

    private static final double MIN_VISIBLE_PRESENCE = 0.5;

    public ObjectMask {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0..1, was " + score);
        }
        if (!(presence >= 0 && presence <= 1)) {
            throw new IllegalArgumentException("presence must be 0..1, was " + presence);
        }
    }

    /// Whether the object is visible, neither hidden nor out of the frame.
    public boolean isVisible() {
        return presence >= MIN_VISIBLE_PRESENCE;
    }
}
