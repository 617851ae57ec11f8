package dev.aerie.slam.map;

import dev.aerie.slam.feature.Features;

/// One picture as SLAM knows it.
///
/// - `frameNumber`: of its stream's session
/// - `captureTimeNanos`: when it was taken
public record Shot(long frameNumber, long captureTimeNanos, Features features) {

    /// Only when it was taken.
    Shot withoutFeatures() {
        return new Shot(frameNumber, captureTimeNanos, Features.NONE);
    }
}
