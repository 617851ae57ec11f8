package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs repeated faults: the first one at once, then one line per period with the number of faults. Safe for any
/// thread.
public final class RateLimitedLog {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimitedLog.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final long periodNanos;

    @GuardedBy("this")
    private final Map<Fault, Seen> faults = new HashMap<>();

    private record Fault(String event, String stream) {}

    /// - `since`: nano time of the last log line
    /// - `count`: faults since that line
    private record Seen(long since, long count) {}

    public RateLimitedLog() {
        this(PERIOD);
    }

    RateLimitedLog(Duration period) {
        periodNanos = period.toNanos();
    }

    /// Records a fault; returns whether a line was written.
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

    /// Records the end of a fault: logs one line, if there was a fault.
    public synchronized void over(String event, String stream) {
        var seen = faults.remove(new Fault(event, stream));
        if (seen != null) {
            LOG.info("{} over stream={} count={}", event, stream, seen.count());
        }
    }
}
