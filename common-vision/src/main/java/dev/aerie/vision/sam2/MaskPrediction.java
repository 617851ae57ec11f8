package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.ObjectMask;

/// What the mask decoder makes of one object in one frame.
///
/// - `logits`: R/4 × R/4; above 0 is the object
/// - `overlap`: the foretold intersection over union with the true mask, about 0..1
/// - `score`: above 0 the object is seen
record MaskPrediction(MaskLogits logits, float predictedIou, float presenceLogit) {

    /// As callers see it: of object `object`.
    ObjectMask toMask(long object) {
        return new ObjectMask(object, logits, Math.clamp(predictedIou, 0, 1), presence());
    }

    /// Whether the object is visible.
    boolean isVisible() {
        return presenceLogit > 0;
    }

    private double presence() {
        return 1 / (1 + Math.exp(-presenceLogit));
    }
}
