package dev.aerie.vision.sot;

import dev.aerie.messages.Box;

/// Where the object is in one frame.
///
/// - `box`: in pixels of the frame
/// - `score`: how sure that is, 0..1; what is sure differs from tracker to tracker
public record ObjectEstimate(Box box, double score) {

    public ObjectEstimate {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0..1, was " + score);
        }
    }
}
