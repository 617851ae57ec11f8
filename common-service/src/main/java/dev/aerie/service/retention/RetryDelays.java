package dev.aerie.service.retention;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.threads.Backoff;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// A [Backoff] per item, so that one that fails does not stop the others: each failed item is skipped for a minute,
/// then 5, 15, and an hour from the fourth failure on. Thread-safe.
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

    /// Counts a failure; returns for how long the item is skipped.
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

    /// Forgets an item that works again, or is gone.
    public synchronized void over(String name) {
        all.remove(name);
    }

    public synchronized boolean isLeftAlone(String name) {
        var failing = all.get(name);
        return failing != null && nanos.getAsLong() - failing.untilNanos() < 0;
    }

    /// Whether the item has failed and not worked since.
    public synchronized boolean isKnown(String name) {
        return all.containsKey(name);
    }

    /// Forgets all items: their common cause is over.
    public synchronized void clear() {
        all.clear();
    }

    /// How many items have failed and not worked since.
    public synchronized int count() {
        return all.size();
    }
}
