package dev.aerie.vision.detect;

import dev.aerie.messages.Box;

/// One object found in one frame: its box in that frame's pixels, its label, its score 0..1.
public record Detection(Box box, String label, double score) {

    public Detection {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0..1, was " + score);
        }
    }
}
