package dev.aerie.vision.sam2;

import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.track.ObjectMask;

/// The mask decoder's prediction of one object in one frame.
///
/// - `logits`: R/4 × R/4; above 0 is the object
/// - `predictedIou`: predicted intersection over union with the true mask, about 0..1
/// - `presenceLogit`: above 0 the object is visible
record MaskPrediction(MaskLogits logits, float predictedIou, float presenceLogit) {

    /// As a result for object `object`.
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
