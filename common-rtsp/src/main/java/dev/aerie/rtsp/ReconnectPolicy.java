package dev.aerie.rtsp;

import java.time.Duration;

/// The timing of reconnections.
///
/// - `first`, `longest`: bounds of the wait between two attempts
/// - `healthyAfter`: a connection that delivered for this long resets the back-off
public record ReconnectPolicy(Duration first, Duration longest, Duration healthyAfter) {

    public static final ReconnectPolicy DEFAULT =
            new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));

    public ReconnectPolicy {
        if (!first.isPositive() || longest.compareTo(first) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("want 0 < first <= longest <= 1 hour, was " + first + " and " + longest);
        }
    }
}
