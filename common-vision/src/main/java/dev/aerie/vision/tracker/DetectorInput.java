package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.OnnxDetector;

/// What a detector's model sees of a frame.
///
/// - `longSidePixels`: to which frames are resized where the model takes any size, a multiple of 32
/// - `tiles`: of the frame, side by side, that it also looks at, one by one; 1 for none
public record DetectorInput(int longSidePixels, int tiles) {

    /// The whole frame alone.
    public static final DetectorInput DEFAULT = new DetectorInput(OnnxDetector.DEFAULT_LONG_SIDE_PIXELS, 1);
}
