package dev.aerie.threads;

import java.time.Duration;
import java.util.List;

/// How long to wait before the next attempt: 1, 2, 5, 10, then 30 s for ever. Not thread-safe.
public final class RetryLadder {

    /// The waits that are used unless others are given.
    public static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private final List<Duration> steps;
    private int failures;

    public RetryLadder() {
        this(STEPS);
    }

    /// - `steps`: the waits in their order, the last one for ever; at least one
    public RetryLadder(List<Duration> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a ladder has at least one step");
        }
        this.steps = List.copyOf(steps);
    }

    public Duration next() {
        var wait = steps.get(Math.min(failures, steps.size() - 1));
        failures++;
        return wait;
    }

    /// How often [#next] was asked since the last [#reset].
    public int failures() {
        return failures;
    }

    /// It works again.
    public void reset() {
        failures = 0;
    }
}
