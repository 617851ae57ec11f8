package dev.aerie.slam.inertial;

import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.BodyMotion;
import java.util.Optional;

/// A submap that was laid into the world of one that was lost.
///
/// - `biases`: of the lost one's newest keyframe
/// - `fromNanos`: its first frame
record ContinuedSubmap(InertialStart start, BodyMotion biases, long fromNanos) {

    /// As long as a first alignment takes: with the readings of less, keyframes do not tell the scale better.
    private static final long MIN_NANOS = 4_000_000_000L;

    /// What readings can begin with, once there are enough of them.
    Optional<InertialStart> startAt(long nanos) {
        return nanos - fromNanos >= MIN_NANOS ? Optional.of(start) : Optional.empty();
    }
}
