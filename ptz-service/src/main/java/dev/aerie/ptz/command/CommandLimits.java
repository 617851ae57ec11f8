package dev.aerie.ptz.command;

import java.time.Duration;

/// How commands are sent to a camera.
///
/// - `minInterval`: from one move to the next; a stop is never kept waiting
/// - `positionEvery`: how often its position is asked for, where it reports one
/// - `unauthorizedRetry`: wait after it refused the credentials: cameras lock an account after a few attempts
public record CommandLimits(Duration minInterval, Duration positionEvery, Duration unauthorizedRetry) {

    /// Twenty moves a second, two positions.
    public static final CommandLimits DEFAULT =
            new CommandLimits(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(30));

    public CommandLimits {
        if (minInterval.isNegative() || !positionEvery.isPositive() || !unauthorizedRetry.isPositive()) {
            throw new IllegalArgumentException("expected minInterval >= 0 and the others > 0");
        }
    }
}
