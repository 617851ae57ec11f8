package dev.aerie.threads;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: longer with each failure, up to a maximum. Not thread-safe.
public final class Backoff {

    /// 1, 2, 5, 10, then 30 s.
    public static final List<Duration> DEFAULT_STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private static final int MAX_SHIFT = 30;

    private final IntFunction<Duration> waits;
    private int failures;

    private Backoff(IntFunction<Duration> waits) {
        this.waits = waits;
    }

    /// The [#DEFAULT_STEPS].
    public Backoff() {
        this(DEFAULT_STEPS);
    }

    /// - `steps`: the waits in their order, the last one repeated; at least one
    public Backoff(List<Duration> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a back-off has at least one step");
        }
        var all = List.copyOf(steps);
        this((int failures) -> all.get(Math.min(failures, all.size() - 1)));
    }

    /// Waits from `n` to `2 n`, where `n` doubles from `first` up to half of `longest`; random within each step, so
    /// that a hundred consumers of one dead camera do not reconnect at the same time.
    ///
    /// - `longest`: an hour at most
    public static Backoff doubling(Duration first, Duration longest, RandomGenerator random) {
        return new Backoff(failures -> doubled(first.toNanos(), longest.toNanos(), failures, random));
    }

    private static Duration doubled(long first, long longest, int failures, RandomGenerator random) {
        long doubled = failures >= MAX_SHIFT ? longest : Math.min(longest, first << failures);
        long min = Math.max(first, Math.min(doubled, longest / 2));
        long max = Math.min(longest, 2 * min);
        return Duration.ofNanos(max > min ? random.nextLong(min, max + 1) : min);
    }

    /// The wait before the next attempt; counts a failure.
    public Duration next() {
        return waits.apply(failures++);
    }

    /// Failures since the last [#reset].
    public int failures() {
        return failures;
    }

    /// It works again: the next wait is the first one.
    public void reset() {
        failures = 0;
    }
}
