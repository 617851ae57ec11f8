package dev.aerie.service.retention;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// A [Backoff] per item, so that one failing item does not block the others: each failed item is skipped for one
/// minute, then for 5, 15, and from the fourth failure on for 60 minutes. Thread-safe.
public final class RetryDelays {

    private static final List<Duration> WAITS =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1));
    private static final int MAX = 10_000;

    private final LongSupplier nanos;

    @GuardedBy("this")
    private final Map<String, Failing> all = new LinkedHashMap<>();

    private record Failing(Backoff backoff, long untilNanos) {}

    public RetryDelays() {
        this(System::nanoTime);
    }

    /// - `nanos`: a monotonic clock
    public RetryDelays(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Counts a failure; returns how long the item is skipped.
    public synchronized Duration failed(String name) {
        var before = all.remove(name);
        var backoff = before == null ? new Backoff(WAITS) : before.backoff();
        Duration wait = backoff.next();
        all.put(name, new Failing(backoff, nanos.getAsLong() + wait.toNanos()));
        if (all.size() > MAX) {
            all.remove(all.keySet().iterator().next());
        }
        return wait;
    }

    /// Forgets an item that works again, or that no longer exists.
    public synchronized void over(String name) {
        all.remove(name);
    }

    public synchronized boolean isLeftAlone(String name) {
        var failing = all.get(name);
        return failing != null && nanos.getAsLong() - failing.untilNanos() < 0;
    }

    /// Whether the item failed at its last attempt.
    public synchronized boolean isKnown(String name) {
        return all.containsKey(name);
    }

    /// Forgets all items, because their common cause is over.
    public synchronized void clear() {
        all.clear();
    }

    /// Number of items that failed at their last attempt.
    public synchronized int count() {
        return all.size();
    }
}
