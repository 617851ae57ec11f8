package dev.aerie.slam.map;

import dev.aerie.slam.feature.Features;

/// One frame as SLAM knows it.
///
/// - `frameNumber`: of its stream's session
/// - `captureTimeNanos`: when it was taken
public record FrameFeatures(long frameNumber, long captureTimeNanos, Features features) {

    /// Only when it was taken.
    FrameFeatures withoutFeatures() {
        return new FrameFeatures(frameNumber, captureTimeNanos, Features.NONE);
    }
}
