package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzVelocity;

/// What the controller believes about a camera's motors: from its capabilities, and better from a calibration.
///
/// - `deadTimeSeconds`: from a command to the first turn of the motors, 0..5
/// - `panScale`, `tiltScale`: real over commanded speed
/// - `panAcceleration`, `tiltAcceleration`: degrees/s²
/// - `zoomAccelerationPerSecond2`: of the zoom rate
/// - `settleSeconds`: in which what the head swings after its motor dies away to a third; 0 for a rigid one
/// - `maxSpeed`: the greatest speeds that may be commanded
/// - `maxCommandsPerSecond`: that the camera takes
public record CameraDynamics(
        double deadTimeSeconds,
        double panScale,
        double tiltScale,
        double panAcceleration,
        double tiltAcceleration,
        double zoomAccelerationPerSecond2,
        double settleSeconds,
        PtzVelocity maxSpeed,
        double maxCommandsPerSecond) {

    public static final double MAX_DEAD_TIME_SECONDS = 5;

    /// Of a networked dome that nobody has measured.
    public static final double DEFAULT_DEAD_TIME_SECONDS = 0.2;

    public static final double DEFAULT_ACCELERATION = 200;
    public static final double DEFAULT_ZOOM_ACCELERATION = 2;
    public static final double DEFAULT_COMMANDS_PER_SECOND = 10;

    public CameraDynamics {
        if (!(deadTimeSeconds >= 0 && deadTimeSeconds <= MAX_DEAD_TIME_SECONDS)) {
            throw new IllegalArgumentException("deadTimeSeconds must be in 0..5, was " + deadTimeSeconds);
        }
        if (!(settleSeconds >= 0) || !Double.isFinite(settleSeconds)) {
            throw new IllegalArgumentException("settleSeconds must be >= 0, was " + settleSeconds);
        }
        if (!(panScale > 0) || !(tiltScale > 0)) {
            throw new IllegalArgumentException("scales must be > 0, was " + panScale + ", " + tiltScale);
        }
        if (!(panAcceleration > 0) || !(tiltAcceleration > 0) || !(zoomAccelerationPerSecond2 > 0)) {
            throw new IllegalArgumentException("accelerations must be > 0, was " + panAcceleration + ", "
                    + tiltAcceleration + ", " + zoomAccelerationPerSecond2);
        }
        if (!(maxCommandsPerSecond > 0)) {
            throw new IllegalArgumentException("maxCommandsPerSecond must be > 0, was " + maxCommandsPerSecond);
        }
    }

    /// The defaults, with the speeds that the camera says.
    public static CameraDynamics of(PtzCapabilities capabilities) {
        return new CameraDynamics(
                DEFAULT_DEAD_TIME_SECONDS,
                1,
                1,
                DEFAULT_ACCELERATION,
                DEFAULT_ACCELERATION,
                DEFAULT_ZOOM_ACCELERATION,
                0,
                capabilities.maxSpeed(),
                DEFAULT_COMMANDS_PER_SECOND);
    }

    public CameraDynamics withDeadTime(double seconds) {
        return new CameraDynamics(
                seconds,
                panScale,
                tiltScale,
                panAcceleration,
                tiltAcceleration,
                zoomAccelerationPerSecond2,
                settleSeconds,
                maxSpeed,
                maxCommandsPerSecond);
    }

    public CameraDynamics withScales(double pan, double tilt) {
        return new CameraDynamics(
                deadTimeSeconds,
                pan,
                tilt,
                panAcceleration,
                tiltAcceleration,
                zoomAccelerationPerSecond2,
                settleSeconds,
                maxSpeed,
                maxCommandsPerSecond);
    }

    public CameraDynamics withAccelerations(double pan, double tilt) {
        return new CameraDynamics(
                deadTimeSeconds,
                panScale,
                tiltScale,
                pan,
                tilt,
                zoomAccelerationPerSecond2,
                settleSeconds,
                maxSpeed,
                maxCommandsPerSecond);
    }

    public CameraDynamics withCommandRate(double commandsPerSecond) {
        return new CameraDynamics(
                deadTimeSeconds,
                panScale,
                tiltScale,
                panAcceleration,
                tiltAcceleration,
                zoomAccelerationPerSecond2,
                settleSeconds,
                maxSpeed,
                commandsPerSecond);
    }

    public CameraDynamics withSettling(double seconds) {
        return new CameraDynamics(
                deadTimeSeconds,
                panScale,
                tiltScale,
                panAcceleration,
                tiltAcceleration,
                zoomAccelerationPerSecond2,
                seconds,
                maxSpeed,
                maxCommandsPerSecond);
    }
}
