package dev.aerie.ptz.simulated;

/// One axis in motion: follows the command that is in force, as [AxisMechanics] allows. Used by one thread.
final class AxisMotion {

    private static final double ARRIVED = 1e-4;
    private static final double SWUNG_OUT = 1e-3;

    private final AxisMechanics mechanics;
    private final double speedScale;
    private double motor;
    private double motorSpeed;
    private double head;
    private double headSpeed;
    private double play;
    private double wantedSpeed;
    private double goal = Double.NaN;

    /// - `speedScale`: real over commanded speed
    AxisMotion(AxisMechanics mechanics, double speedScale, double start) {
        this.mechanics = mechanics;
        this.speedScale = speedScale;
        motor = mechanics.range().clamp(start);
        head = motor;
        play = motor;
    }

    void moveAt(double speed) {
        wantedSpeed = mechanics.attainable(speed) * speedScale;
        goal = Double.NaN;
    }

    void moveTo(double position) {
        goal = mechanics.range().clamp(position);
    }

    /// Where the optics point, in whole steps of the motor.
    double position() {
        double step = mechanics.positionStep();
        return step > 0 ? mechanics.range().clamp(Math.rint(play / step) * step) : play;
    }

    double speed() {
        return mechanics.swing().hertz() > 0 ? headSpeed : motorSpeed;
    }

    boolean isAtRest() {
        return motorSpeed == 0
                && wantedSpeed == 0
                && Double.isNaN(goal)
                && Math.abs(headSpeed) + Math.abs(motor - head) < SWUNG_OUT;
    }

    /// - `seconds`: a few milliseconds
    void step(double seconds) {
        double wanted = Double.isNaN(goal) ? wantedSpeed : speedTowardsGoal();
        boolean faster = wanted * motorSpeed >= 0 && Math.abs(wanted) > Math.abs(motorSpeed);
        double change = (faster ? mechanics.acceleration() : mechanics.deceleration()) * seconds;
        motorSpeed += Math.clamp(wanted - motorSpeed, -change, change);
        motor += motorSpeed * seconds;
        stopAtTheEnds();
        swing(seconds);
        double slack = mechanics.backlash() / 2;
        play = Math.clamp(play, head - slack, head + slack);
    }

    private double speedTowardsGoal() {
        double distance = goal - motor;
        if (Math.abs(distance) < ARRIVED && Math.abs(motorSpeed) < 10 * ARRIVED * mechanics.deceleration()) {
            motor = goal;
            wantedSpeed = 0;
            goal = Double.NaN;
            return 0;
        }
        double braking = Math.sqrt(1.8 * mechanics.deceleration() * Math.abs(distance));
        double near = 20 * Math.abs(distance);
        return Math.copySign(Math.min(Math.min(braking, near), mechanics.maxSpeed() * speedScale), distance);
    }

    private void stopAtTheEnds() {
        double inside = mechanics.range().clamp(motor);
        if (inside != motor) {
            motor = inside;
            motorSpeed = 0;
        }
    }

    private void swing(double seconds) {
        double hertz = mechanics.swing().hertz();
        if (hertz == 0) {
            head = motor;
            return;
        }
        double omega = 2 * Math.PI * hertz;
        headSpeed += seconds
                * (omega * omega * (motor - head) + 2 * mechanics.swing().damping() * omega * (motorSpeed - headSpeed));
        head += headSpeed * seconds;
    }
}
