package dev.aerie.ptz.control;

/// The speed of one axis: that of the target, plus a correction of what is left of the error. Rests inside a dead zone
/// until the target leaves it. Used by one thread.
final class AxisRule {

    /// Share of the greatest deceleration that a correction counts on.
    private static final double BRAKING = 0.6;

    private boolean moving;

    /// Returns degrees/s.
    ///
    /// - `error`: what the camera will lack when this command takes effect, degrees
    /// - `targetSpeed`: of the target then, degrees/s
    /// - `deadZone`: degrees
    /// - `restSpeed`: speeds of a target that count as rest, degrees/s
    /// - `gain`: 1/s; `deceleration`: degrees/s²
    double speed(
            double error, double targetSpeed, double deadZone, double restSpeed, double gain, double deceleration) {
        if (!moving) {
            moving = Math.abs(error) > deadZone || Math.abs(targetSpeed) > 2 * restSpeed;
        } else if (Math.abs(error) < deadZone && Math.abs(targetSpeed) < restSpeed) {
            moving = Math.abs(error) > deadZone / 2;
        }
        if (!moving) {
            return 0;
        }
        double beyond = Math.max(0, Math.abs(error) - deadZone / 4);
        double correction = Math.min(gain * beyond, Math.sqrt(2 * BRAKING * deceleration * beyond));
        double followed = Math.abs(targetSpeed) < restSpeed ? 0 : targetSpeed;
        return followed + Math.copySign(correction, error);
    }

    void rest() {
        moving = false;
    }
}
