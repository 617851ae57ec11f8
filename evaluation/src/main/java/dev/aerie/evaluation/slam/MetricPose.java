package dev.aerie.evaluation.slam;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import java.util.Optional;

/// A frame's pose as it was published, in metres with Z up.
///
/// - `isPredicted`: nothing was seen: it is from an inertial sensor's readings alone
/// - `sigmaMetres`: of the place, as published: along the axis where it is largest
public record MetricPose(
        long captureTimeNanos, RigidTransform worldFromCamera, boolean isPredicted, double sigmaMetres) {

    private static final int DEGREES = 6;

    static Optional<MetricPose> of(TrackedFrame frame, Optional<Sim3> metricFromMap) {
        if (frame.pose().isEmpty() || metricFromMap.isEmpty()) {
            return Optional.empty();
        }
        var pose = frame.pose().get();
        double variance = 0;
        for (int axis = 0; axis < 3 && !frame.covariance().isEmpty(); axis++) {
            variance = Math.max(variance, frame.covariance().get((DEGREES + 1) * axis));
        }
        return Optional.of(new MetricPose(
                pose.captureTimeNanos(),
                metricFromMap.get().applyTo(pose.worldFromCamera()),
                frame.state() != TrackingState.TRACKING,
                metricFromMap.get().scale() * Math.sqrt(variance)));
    }
}
