package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.MaskLogits;
import java.util.Optional;

/// One object found in one frame: its box in that frame's pixels, its label, its score 0..1.
///
/// - `mask`: of the object, from a detector that has one, on a grid over the whole frame
public record Detection(Box box, String label, double score, Optional<MaskLogits> mask) {

    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0..1, was " + score);
        }
    }

    /// Without a mask.
    public Detection(Box box, String label, double score) {
        this(box, label, score, Optional.empty());
    }
}
