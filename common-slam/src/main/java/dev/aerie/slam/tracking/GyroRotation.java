package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.tuning.InitializationConfig;

/// How the camera has turned from one frame to another, as a gyroscope measured it.
///
/// - `seconds`: between the two
record GyroRotation(Rotation secondFromFirst, double seconds) {

    /// Whether the frames may have been turned like this.
    boolean allows(Rotation rotation, InitializationConfig config) {
        double slack = Math.toRadians(config.gyroErrorDegrees())
                + Math.toRadians(config.gyroDriftDegreesPerSecond()) * seconds
                + config.gyroErrorFraction() * secondFromFirst.log().length();
        return secondFromFirst.angleTo(rotation) < slack;
    }
}
