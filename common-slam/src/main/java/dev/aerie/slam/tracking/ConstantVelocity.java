package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import java.util.Optional;

/// Predicts the next pose by the motion between the last two frames.
final class ConstantVelocity {

    private static final double MAX_STRETCH = 5;

    private RigidTransform laterFromEarlier = RigidTransform.IDENTITY;
    private long intervalNanos;

    /// The camera may be anywhere, at rest.
    void reset() {
        laterFromEarlier = RigidTransform.IDENTITY;
        intervalNanos = 0;
    }

    /// Learns how the camera went.
    void learn(RigidTransform laterFromEarlier, long intervalNanos) {
        this.laterFromEarlier = laterFromEarlier;
        this.intervalNanos = intervalNanos;
    }

    /// How the camera will lie to where it is, after some time.
    ///
    /// - `measuredRotation`: its rotation, `laterFromEarlier`, where something measures that
    RigidTransform predict(long afterNanos, Optional<Rotation> measuredRotation) {
        double stretch =
                intervalNanos > 0 && afterNanos > 0 ? Math.min(MAX_STRETCH, (double) afterNanos / intervalNanos) : 1;
        var rotation = measuredRotation.orElseGet(
                () -> Rotation.exp(laterFromEarlier.rotation().log().times(stretch)));
        return new RigidTransform(rotation, laterFromEarlier.translation().times(stretch));
    }
}
