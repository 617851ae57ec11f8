package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzVelocity;

/// What the controller believes about a camera's motors: from its capabilities, and better from a calibration.
///
/// - `deadTimeSeconds`: from a command to the first turn of the motors, 0..5
/// - `settleSeconds`: in which what the head swings after its motor dies away to a third; 0 for a rigid one
/// - `maxSpeed`: the greatest speeds that may be commanded
/// - `maxCommandsPerSecond`: that the camera takes
public record CameraDynamics(
        double deadTimeSeconds,
        Axis pan,
        Axis tilt,
        double settleSeconds,
        PtzVelocity maxSpeed,
        double maxCommandsPerSecond) {

    public static final double MAX_DEAD_TIME_SECONDS = 5;

    /// Of a networked dome that nobody has measured.
    public static final double DEFAULT_DEAD_TIME_SECONDS = 0.2;

    public static final double DEFAULT_COMMANDS_PER_SECOND = 10;

    /// Of the zoom rate; nobody measures it.
    static final double ZOOM_ACCELERATION_PER_SECOND2 = 2;

    /// One motor that turns the head.
    ///
    /// - `scale`: real over commanded speed
    /// - `acceleration`: degrees/s²
    public record Axis(double scale, double acceleration) {

        /// Of a networked dome that nobody has measured.
        static final Axis DEFAULT = new Axis(1, 200);

        public Axis {
            if (!(scale > 0) || !(acceleration > 0)) {
                throw new IllegalArgumentException(
                        "expected a scale and an acceleration > 0, was " + scale + ", " + acceleration);
            }
        }
    }

    public CameraDynamics {
        if (!(deadTimeSeconds >= 0 && deadTimeSeconds <= MAX_DEAD_TIME_SECONDS)) {
            throw new IllegalArgumentException("deadTimeSeconds must be in 0..5, was " + deadTimeSeconds);
        }
        if (!(settleSeconds >= 0) || !Double.isFinite(settleSeconds)) {
            throw new IllegalArgumentException("settleSeconds must be >= 0, was " + settleSeconds);
        }
        if (!(maxCommandsPerSecond > 0)) {
            throw new IllegalArgumentException("maxCommandsPerSecond must be > 0, was " + maxCommandsPerSecond);
        }
    }

    /// A rigid head that does as the camera says.
    ///
    /// - `deadTimeSeconds`: [#DEFAULT_DEAD_TIME_SECONDS] where nobody knows it
    public static CameraDynamics of(PtzCapabilities capabilities, double deadTimeSeconds, double maxCommandsPerSecond) {
        return new CameraDynamics(
                deadTimeSeconds, Axis.DEFAULT, Axis.DEFAULT, 0, capabilities.maxSpeed(), maxCommandsPerSecond);
    }
}
