package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.PtzRange;

/// The motor and gear of one axis. Positions are degrees for pan and tilt, and the natural logarithm of the
/// magnification for zoom, so that its speed is a [dev.aerie.ptz.camera.PtzVelocity#zoomRatePerSecond]; "unit" below.
///
/// - `range`: stops at both ends, in units
/// - `maxSpeed`: units/s, as the camera says
/// - `acceleration`: units/s², while the motor gets faster
/// - `deceleration`: units/s², while it gets slower or turns round
/// - `minSpeed`: units/s; a slower command moves nothing, 0 for none
/// - `speedStep`: units/s; speeds are rounded to whole multiples of it, 0 for none
/// - `positionStep`: units; the least step of the motor, 0 for none
/// - `backlash`: units; how far the motor turns after a change of direction before the head follows
/// - `swing`: how the head swings on its motor
public record AxisMechanics(
        PtzRange range,
        double maxSpeed,
        double acceleration,
        double deceleration,
        double minSpeed,
        double speedStep,
        double positionStep,
        double backlash,
        Swing swing) {

    public AxisMechanics {
        if (!(maxSpeed > 0) || !(acceleration > 0) || !(deceleration > 0)) {
            throw new IllegalArgumentException("expected speed and accelerations > 0, was " + maxSpeed + ", "
                    + acceleration + ", " + deceleration);
        }
        if (!(minSpeed >= 0) || !(speedStep >= 0) || !(positionStep >= 0) || !(backlash >= 0)) {
            throw new IllegalArgumentException("expected steps and backlash >= 0, was " + minSpeed + ", " + speedStep
                    + ", " + positionStep + ", " + backlash);
        }
    }

    /// A head that swings on its motor: a damped oscillator.
    ///
    /// - `hertz`: undamped frequency; 0 for a rigid one
    /// - `damping`: share of the critical damping
    public record Swing(double hertz, double damping) {

        public static final Swing NONE = new Swing(0, 1);
    }

    /// An axis without faults.
    static AxisMechanics smooth(PtzRange range, double maxSpeed, double acceleration) {
        return new AxisMechanics(range, maxSpeed, acceleration, acceleration, 0, 0, 0, 0, Swing.NONE);
    }

    AxisMechanics withSpeeds(double min, double step) {
        return new AxisMechanics(range, maxSpeed, acceleration, deceleration, min, step, positionStep, backlash, swing);
    }

    AxisMechanics withSteps(double step) {
        return new AxisMechanics(
                range, maxSpeed, acceleration, deceleration, minSpeed, speedStep, step, backlash, swing);
    }

    AxisMechanics withBacklash(double units) {
        return new AxisMechanics(
                range, maxSpeed, acceleration, deceleration, minSpeed, speedStep, positionStep, units, swing);
    }

    AxisMechanics withInertia(double slowingDown, Swing swinging) {
        return new AxisMechanics(
                range, maxSpeed, acceleration, slowingDown, minSpeed, speedStep, positionStep, backlash, swinging);
    }

    /// The speed that the motor runs at for a commanded one.
    double attainable(double speed) {
        double size = Math.min(Math.abs(speed), maxSpeed);
        if (speedStep > 0) {
            size = Math.min(Math.rint(size / speedStep) * speedStep, maxSpeed);
        }
        return size < minSpeed || size == 0 ? 0 : Math.copySign(size, speed);
    }
}
