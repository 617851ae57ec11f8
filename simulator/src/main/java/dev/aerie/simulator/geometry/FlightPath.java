package dev.aerie.simulator.geometry;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;

/// The flight of the camera's body: position, yaw, pitch and roll as splines of the time in seconds.
///
/// The body's axes are forward, left, up (FLU); world-from-body is Rz(yaw) · Ry(pitch) · Rx(roll), so that a
/// positive pitch looks **down**. The camera sits in the body's origin and looks along its x axis.
public record FlightPath(Spline x, Spline y, Spline z, Spline yaw, Spline pitch, Spline roll) {

    /// Standard gravity along world Z, m/s².
    public static final double GRAVITY = 9.80665;

    public Vector3 position(double seconds) {
        return new Vector3(x.value(seconds), y.value(seconds), z.value(seconds));
    }

    public Vector3 velocity(double seconds) {
        return new Vector3(x.rate(seconds), y.rate(seconds), z.rate(seconds));
    }

    /// In world axes, without gravity, m/s².
    public Vector3 acceleration(double seconds) {
        return new Vector3(x.acceleration(seconds), y.acceleration(seconds), z.acceleration(seconds));
    }

    public Rotation worldFromBody(double seconds) {
        return Rotation.aboutZ(yaw.value(seconds))
                .times(Rotation.aboutY(pitch.value(seconds)))
                .times(Rotation.aboutX(roll.value(seconds)));
    }

    public RigidTransform worldFromCamera(double seconds) {
        return new RigidTransform(worldFromBody(seconds).times(Rotation.BODY_FROM_CAMERA), position(seconds));
    }

    /// The measurement of a perfect gyroscope: body axes (FLU), rad/s.
    public Vector3 angularVelocity(double seconds) {
        double pitchNow = pitch.value(seconds);
        double rollNow = roll.value(seconds);
        double yawRate = yaw.rate(seconds);
        double pitchRate = pitch.rate(seconds);
        double cosRoll = StrictMath.cos(rollNow);
        double sinRoll = StrictMath.sin(rollNow);
        double cosPitch = StrictMath.cos(pitchNow);
        return new Vector3(
                roll.rate(seconds) - yawRate * StrictMath.sin(pitchNow),
                pitchRate * cosRoll + yawRate * cosPitch * sinRoll,
                -pitchRate * sinRoll + yawRate * cosPitch * cosRoll);
    }

    /// The measurement of a perfect accelerometer: body axes (FLU), m/s², +9.81 upwards at rest.
    public Vector3 specificForce(double seconds) {
        var inWorld = acceleration(seconds).plus(Vector3.UP.times(GRAVITY));
        return worldFromBody(seconds).applyInverse(inWorld);
    }
}
