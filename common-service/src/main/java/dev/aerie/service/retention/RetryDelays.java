package dev.aerie.service.retention;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Things of which each has failed on its own account, and is left alone for a while so that the others go on: a
/// minute, then 5, 15, and an hour from the fourth failure on. Thread-safe.
public final class RetryDelays {

    private static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));
    private static final int MAX = 10_000;

    private final LongSupplier nanos;

    @GuardedBy("this")
    private final Map<String, Setback> all = new LinkedHashMap<>();

    private record Setback(int failures, long untilNanos) {}

    public RetryDelays() {
        this(System::nanoTime);
    }

    /// - `nanos`: a clock that never jumps
    public RetryDelays(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// It has failed; returns for how long it is left alone now.
    public synchronized Duration failed(String name) {
        var before = all.remove(name);
        int failures = before == null ? 1 : before.failures() + 1;
        Duration wait = WAITS.get(Math.min(failures, WAITS.size()) - 1);
        all.put(name, new Setback(failures, nanos.getAsLong() + wait.toNanos()));
        if (all.size() > MAX) {
            all.remove(all.keySet().iterator().next());
        }
        return wait;
    }

    /// It works, or is gone.
    public synchronized void over(String name) {
        all.remove(name);
    }

    public synchronized boolean isLeftAlone(String name) {
        var setback = all.get(name);
        return setback != null && nanos.getAsLong() - setback.untilNanos() < 0;
    }

    /// Whether it has failed, and not worked since.
    public synchronized boolean isKnown(String name) {
        return all.containsKey(name);
    }

    /// None of it was their fault.
    public synchronized void clear() {
        all.clear();
    }

    /// Those that have failed and not worked since.
    public synchronized int count() {
        return all.size();
    }
}
