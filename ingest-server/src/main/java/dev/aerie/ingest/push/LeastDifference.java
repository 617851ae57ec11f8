package dev.aerie.ingest.push;

/// The least of the differences of the last 20 to 40 seconds. Used under its owner's lock.
final class LeastDifference {

    private static final long WINDOW_NANOS = 20_000_000_000L;

    private long windowStartNanos;
    private long leastNow = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;

    void add(long differenceNanos, long nowNanos) {
        if (leastNow != Long.MAX_VALUE && nowNanos - windowStartNanos > WINDOW_NANOS) {
            leastBefore = leastNow;
            leastNow = Long.MAX_VALUE;
        }
        if (leastNow == Long.MAX_VALUE) {
            windowStartNanos = nowNanos;
        }
        leastNow = Math.min(leastNow, differenceNanos);
    }

    boolean isKnown() {
        return leastNow != Long.MAX_VALUE;
    }

    /// [Long#MAX_VALUE] while none is known.
    long nanos() {
        return Math.min(leastNow, leastBefore);
    }
}
