package dev.aerie.rtsp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before each next attempt: doubling from the first to the longest, with random jitter within each
/// step, so that a hundred consumers of one dead camera do not reconnect at once. Not thread-safe.
final class Backoff {

    private final ReconnectPolicy policy;
    private final RandomGenerator random;
    private int failures;

    Backoff(ReconnectPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /// From `n` to `2 n`, where `n` doubles from the policy's first up to half its longest.
    Duration next() {
        long first = policy.first().toNanos();
        long longest = policy.longest().toNanos();
        long doubled = failures >= 30 ? longest : Math.min(longest, first << failures);
        long min = Math.max(first, Math.min(doubled, longest / 2));
        long max = Math.min(longest, 2 * min);
        failures++;
        return Duration.ofNanos(max > min ? random.nextLong(min, max + 1) : min);
    }

    /// The connection was healthy: starts again with the first step.
    void reset() {
        failures = 0;
    }
}
