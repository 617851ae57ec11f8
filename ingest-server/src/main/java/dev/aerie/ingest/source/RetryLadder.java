package dev.aerie.ingest.source;

import java.time.Duration;
import java.util.List;

/// How long to wait before the next attempt: 1, 2, 5, 10, then 30 s for ever. One owner.
final class RetryLadder {

    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private int step;

    Duration next() {
        var wait = STEPS.get(step);
        step = Math.min(step + 1, STEPS.size() - 1);
        return wait;
    }

    /// It works again.
    void reset() {
        step = 0;
    }
}
