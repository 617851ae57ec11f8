package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs faults that come again and again: the first at once, then one line per period that says how many there were.
/// Any thread.
public final class RateLimitedLog {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitedLog.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final long periodNanos;

    @GuardedBy("this")
    private final Map<Fault, Seen> faults = new HashMap<>();

    private record Fault(String event, String stream) {}

    /// - `since`: nano time of the last line
    /// - `count`: faults since then
    private record Seen(long since, long count) {}

    public RateLimitedLog() {
        this(PERIOD);
    }

    RateLimitedLog(Duration period) {
        periodNanos = period.toNanos();
    }

    /// A fault has occurred; returns whether a line was written.
    public synchronized boolean fault(String event, String stream, String cause) {
        var fault = new Fault(event, stream);
        long now = System.nanoTime();
        var seen = faults.get(fault);
        if (seen != null && now - seen.since() < periodNanos) {
            faults.put(fault, new Seen(seen.since(), seen.count() + 1));
            return false;
        }
        LOG.warn("{} stream={} cause={} count={}", event, stream, cause, seen == null ? 1 : seen.count() + 1);
        faults.put(fault, new Seen(now, 0));
        return true;
    }

    /// The fault is over: says so in one line, if there was one.
    public synchronized void over(String event, String stream) {
        var seen = faults.remove(new Fault(event, stream));
        if (seen != null) {
            LOG.info("{} over stream={} count={}", event, stream, seen.count());
        }
    }
}
