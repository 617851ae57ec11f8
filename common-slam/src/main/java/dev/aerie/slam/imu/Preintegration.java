package dev.aerie.slam.imu;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.List;

/// What a body did between two moments, in its axes at the first, without knowing where it was, how fast, or which
/// way is down.
///
/// - `seconds`: between the two
/// - `rotation`: first from second
/// - `velocity`, `position`: gained over the two, had there been no gravity and no speed at first
/// - `gyroBias`: that was subtracted, rad/s; the accelerometer's was not
/// - `rotationPerGyroBias`: 3 × 3, row by row, of the turn's logarithm in the second's axes
/// - `velocityPerGyroBias`, `positionPerGyroBias`: 3 × 3, by the gyroscope's bias
/// - `velocityPerBias`, `positionPerBias`: 3 × 3, by the accelerometer's bias
/// - `covariance`: 9 × 9, of the turn's logarithm in the second's axes, velocity and position
///
/// Source: Forster, Carlone, Dellaert, Scaramuzza 2017, "On-Manifold Preintegration for Real-Time Visual-Inertial
/// Odometry", sections V, VI.C and the appendix on the propagation of noise.
public record Preintegration(
        double seconds,
        Rotation rotation,
        Vector3 velocity,
        Vector3 position,
        Vector3 gyroBias,
        Matrix3 rotationPerGyroBias,
        Matrix3 velocityPerGyroBias,
        Matrix3 positionPerGyroBias,
        Matrix3 velocityPerBias,
        Matrix3 positionPerBias,
        PreintegrationNoise covariance) {

    private static final double NANOS_PER_SECOND = 1e9;

    /// As [#of(List, Vector3, InertialNoise)], of a sensor of the usual noise.
    static Preintegration of(List<ImuReading> readings, Vector3 gyroBias) {
        return of(readings, gyroBias, InertialNoise.DEFAULT);
    }

    /// Over readings in the order of time, at least two; the trapezoid between each two.
    public static Preintegration of(List<ImuReading> readings, Vector3 gyroBias, InertialNoise noise) {
        var sum = new Preintegration(
                0,
                Rotation.IDENTITY,
                Vector3.ZERO,
                Vector3.ZERO,
                gyroBias,
                Matrix3.ZERO,
                Matrix3.ZERO,
                Matrix3.ZERO,
                Matrix3.ZERO,
                Matrix3.ZERO,
                PreintegrationNoise.NONE);
        for (int i = 1; i < readings.size(); i++) {
            sum = sum.then(readings.get(i - 1), readings.get(i), noise);
        }
        return new Preintegration(
                sum.seconds,
                sum.rotation.orthonormal(),
                sum.velocity,
                sum.position,
                gyroBias,
                sum.rotationPerGyroBias,
                sum.velocityPerGyroBias,
                sum.positionPerGyroBias,
                sum.velocityPerBias,
                sum.positionPerBias,
                sum.covariance);
    }

    private Preintegration then(ImuReading from, ImuReading to, InertialNoise noise) {
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
        var back = Matrix3.of(stepRotation.inverse());
        var nextPerGyroBias = back.times(rotationPerGyroBias).plus(Matrix3.IDENTITY.times(-step));
        var fromTurned = Matrix3.of(rotation).times(Matrix3.cross(from.specificForce()));
        var toTurned = Matrix3.of(next).times(Matrix3.cross(to.specificForce()));
        var forcePerGyroBias = fromTurned
                .times(rotationPerGyroBias)
                .plus(toTurned.times(nextPerGyroBias))
                .times(-0.5);
        var forcePerTurn = fromTurned.plus(toTurned.times(back)).times(-0.5);
        return new Preintegration(
                seconds + step,
                next,
                velocity.plus(force.times(step)),
                position.plus(velocity.times(step)).plus(force.times(step * step / 2)),
                gyroBias,
                nextPerGyroBias,
                velocityPerGyroBias.plus(forcePerGyroBias.times(step)),
                positionPerGyroBias.plus(velocityPerGyroBias.times(step)).plus(forcePerGyroBias.times(step * step / 2)),
                velocityPerBias.plus(axes.times(-step)),
                positionPerBias.plus(velocityPerBias.times(step)).plus(axes.times(-step * step / 2)),
                covariance.then(step, back, forcePerTurn, noise));
    }
}
