package dev.aerie.ptz.simulated;

/// What a camera says about its position and its motion.
///
/// - `position`: when it tells its position
/// - `delaySeconds`, `stepDegrees`: how old and how coarse the told position is
/// - `movingForEver`: whether it says that it moves when it stands
public record Reporting(Availability position, double delaySeconds, double stepDegrees, boolean movingForEver) {

    public static final Reporting NOTHING = new Reporting(Availability.NEVER, 0, 0, false);

    public Reporting {
        if (!(delaySeconds >= 0) || !(stepDegrees >= 0)) {
            throw new IllegalArgumentException(
                    "expected delay and step >= 0, was " + delaySeconds + ", " + stepDegrees);
        }
    }

    /// When a position is told.
    public enum Availability {
        NEVER,
        /// Where it is, also in motion.
        ALWAYS,
        /// Where it last stood still.
        WHEN_STILL
    }
}
