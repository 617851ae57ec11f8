package dev.aerie.ptz.aim;

/// When somebody runs.
///
/// - `minSpeedDegreesPerSecond`: nobody slower is chosen; one who is followed may become slower
/// - `averagingSeconds`: over which angular speeds are averaged
/// - `overtake`: a faster one takes over, by angular speed
public record RunnerConfig(double minSpeedDegreesPerSecond, double averagingSeconds, OvertakeConfig overtake) {

    public static final RunnerConfig DEFAULT = new RunnerConfig(1.5, 0.4, new OvertakeConfig(1.3, 0.8, 1.5));

    public RunnerConfig {
        if (!(minSpeedDegreesPerSecond >= 0) || !(averagingSeconds > 0)) {
            throw new IllegalArgumentException(
                    "expected speed >= 0 and time > 0, was " + minSpeedDegreesPerSecond + ", " + averagingSeconds);
        }
    }
}
