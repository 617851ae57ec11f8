package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.Rotation;

/// How the camera has turned from one frame to another, as a gyroscope measured it.
///
/// - `seconds`: between the two
record GyroRotation(Rotation secondFromFirst, double seconds) {

    private static final double MAX_ERROR = Math.toRadians(0.7);

    /// Of a sensor whose bias is not known yet.
    private static final double MAX_DRIFT_PER_SECOND = Math.toRadians(0.3);

    /// A focal length that was only guessed shows as a share of the turn.
    private static final double MAX_FRACTION = 0.15;

    /// Whether the frames may have been turned like this.
    boolean allows(Rotation rotation) {
        double slack = MAX_ERROR
                + MAX_DRIFT_PER_SECOND * seconds
                + MAX_FRACTION * secondFromFirst.log().length();
        return secondFromFirst.angleTo(rotation) < slack;
    }
}
