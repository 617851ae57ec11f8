package dev.aerie.slam.tracking;

import dev.aerie.geometry.Rotation;
import dev.aerie.slam.tuning.InitializationConfig;

/// The camera's rotation from one frame to another, measured by a gyroscope.
///
/// - `seconds`: between the two
record GyroRotation(Rotation secondFromFirst, double seconds) {

    /// Whether a rotation agrees with the measured one.
    boolean allows(Rotation rotation, InitializationConfig config) {
        double slack = Math.toRadians(config.gyroErrorDegrees())
                + Math.toRadians(config.gyroDriftDegreesPerSecond()) * seconds
                + config.gyroErrorFraction() * secondFromFirst.log().length();
        return secondFromFirst.angleTo(rotation) < slack;
    }
}
