package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.Rotation;

/// How the camera has turned from one picture to another, as a gyroscope measured it.
///
/// - `seconds`: between the two
record MeasuredTurn(Rotation secondFromFirst, double seconds) {

    private static final double MOST_ERROR = Math.toRadians(0.7);

    /// Of a sensor whose bias is not known yet.
    private static final double MOST_DRIFT_PER_SECOND = Math.toRadians(0.3);

    /// A focal length that was only guessed shows as a share of the turn.
    private static final double MOST_SHARE = 0.15;

    /// Whether the pictures may have been turned like this.
    boolean allows(Rotation turn) {
        double slack = MOST_ERROR
                + MOST_DRIFT_PER_SECOND * seconds
                + MOST_SHARE * secondFromFirst.log().length();
        return secondFromFirst.angleTo(turn) < slack;
    }
}
