package dev.aerie.slam.imu;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.List;

/// What a body did between two moments, in its axes at the first, without knowing where it was, how fast, or which
/// way is down.
///
/// - `seconds`: between the two
/// - `rotation`: first from second
/// - `velocity`, `position`: gained over the two, had there been no gravity and no speed at first
/// - `rotationPerGyroBias`: 3 × 3, row by row, of the turn's logarithm in the second's axes
/// - `velocityPerBias`, `positionPerBias`: 3 × 3, by the accelerometer's bias
///
/// Source: Forster, Carlone, Dellaert, Scaramuzza 2017, "On-Manifold Preintegration for Real-Time Visual-Inertial
/// Odometry", sections V and VI.C. The gyroscope's bias is put in by integrating anew.
record Preintegration(
        double seconds,
        Rotation rotation,
        Vector3 velocity,
        Vector3 position,
        Matrix3 rotationPerGyroBias,
        Matrix3 velocityPerBias,
        Matrix3 positionPerBias) {

    private static final Preintegration NOTHING = new Preintegration(
            0, Rotation.IDENTITY, Vector3.ZERO, Vector3.ZERO, Matrix3.ZERO, Matrix3.ZERO, Matrix3.ZERO);
    private static final double NANOS_PER_SECOND = 1e9;

    /// Over readings in the order of time, at least two; the trapezoid between each two.
    static Preintegration of(List<ImuReading> readings, Vector3 gyroBias) {
        var sum = NOTHING;
        for (int i = 1; i < readings.size(); i++) {
            sum = sum.then(readings.get(i - 1), readings.get(i), gyroBias);
        }
        return new Preintegration(
                sum.seconds,
                sum.rotation.orthonormal(),
                sum.velocity,
                sum.position,
                sum.rotationPerGyroBias,
                sum.velocityPerBias,
                sum.positionPerBias);
    }

    private Preintegration then(ImuReading from, ImuReading to, Vector3 gyroBias) {
        double step = (to.timeNanos() - from.timeNanos()) / NANOS_PER_SECOND;
        var angle = from.angularVelocity()
                .plus(to.angularVelocity())
                .times(0.5)
                .minus(gyroBias)
                .times(step);
        var stepRotation = Rotation.exp(angle);
        var next = rotation.times(stepRotation);
        var force = rotation.apply(from.specificForce())
                .plus(next.apply(to.specificForce()))
                .times(0.5);
        var axes = Matrix3.of(rotation).plus(Matrix3.of(next)).times(0.5);
        return new Preintegration(
                seconds + step,
                next,
                velocity.plus(force.times(step)),
                position.plus(velocity.times(step)).plus(force.times(step * step / 2)),
                Matrix3.of(stepRotation.inverse()).times(rotationPerGyroBias).plus(Matrix3.IDENTITY.times(-step)),
                velocityPerBias.plus(axes.times(-step)),
                positionPerBias.plus(velocityPerBias.times(step)).plus(axes.times(-step * step / 2)));
    }
}
