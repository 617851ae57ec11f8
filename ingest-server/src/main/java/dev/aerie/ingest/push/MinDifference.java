package dev.aerie.ingest.push;

/// The minimum of the differences of the last 20 to 40 seconds. Used under its owner's lock.
final class MinDifference {

    private static final long WINDOW_NANOS = 20_000_000_000L;

    private long windowStartNanos;
    private long minNow = Long.MAX_VALUE;
    private long minBefore = Long.MAX_VALUE;

    void add(long differenceNanos, long nowNanos) {
        if (minNow != Long.MAX_VALUE && nowNanos - windowStartNanos > WINDOW_NANOS) {
            minBefore = minNow;
            minNow = Long.MAX_VALUE;
        }
        if (minNow == Long.MAX_VALUE) {
            windowStartNanos = nowNanos;
        }
        minNow = Math.min(minNow, differenceNanos);
    }

    boolean isKnown() {
        return minNow != Long.MAX_VALUE;
    }

    /// [Long#MAX_VALUE] while none is known.
    long nanos() {
        return Math.min(minNow, minBefore);
    }
}
