package dev.aerie.vision.track;

import dev.aerie.vision.mask.MaskLogits;

/// Where a tracker sees one object in one frame.
///
/// - `object`: as its prompts name it
/// - `logits`: laid over the whole frame; nowhere above 0 where the object is not seen
/// - `score`: how good the tracker holds its own mask to be, 0..1 (SAM 2: the foretold overlap)
/// - `presence`: how likely the object is to be seen at all in this frame, 0..1; from 0.5 on it counts as
///   seen
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

    /// Whether the object is seen, neither hidden nor out of the frame.
    public boolean isVisible() {
        return presence >= MIN_VISIBLE_PRESENCE;
    }
}
