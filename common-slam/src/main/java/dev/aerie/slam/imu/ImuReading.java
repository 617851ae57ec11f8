package dev.aerie.slam.imu;

import dev.aerie.geometry.Vector3;

/// One reading of an inertial sensor, body axes: x forward, y left, z up.
///
/// - `timeNanos`: on the clock of the frames' capture times, or one that is ahead of it by little
/// - `angularVelocity`: rad/s; `specificForce`: m/s², +9.81 upwards at rest
public record ImuReading(long timeNanos, Vector3 angularVelocity, Vector3 specificForce) {

    /// Between two readings, in proportion.
    ImuReading between(ImuReading later, long atNanos) {
        double fraction = (double) (atNanos - timeNanos) / (later.timeNanos - timeNanos);
        return new ImuReading(
                atNanos,
                mixed(angularVelocity, later.angularVelocity, fraction),
                mixed(specificForce, later.specificForce, fraction));
    }

    private static Vector3 mixed(Vector3 a, Vector3 b, double fraction) {
        return a.plus(b.minus(a).times(fraction));
    }
}
