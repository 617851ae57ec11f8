package dev.aerie.ingest.relay;

import java.util.concurrent.TimeUnit;

/// Units and bytes per second over the last one to two windows of two seconds. Not thread-safe.
final class RateMeter {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private long windowStartNanos;
    private long previousStartNanos;
    private Count current = new Count(0, 0);
    private Count previous = new Count(0, 0);

    RateMeter(long nowNanos) {
        windowStartNanos = nowNanos;
        previousStartNanos = nowNanos;
    }

    void add(int bytes, long nowNanos) {
        roll(nowNanos);
        current = new Count(current.units + 1, current.bytes + bytes);
    }

    double unitsPerSecond(long nowNanos) {
        roll(nowNanos);
        return (current.units + previous.units) / seconds(nowNanos);
    }

    double bitsPerSecond(long nowNanos) {
        roll(nowNanos);
        return (current.bytes + previous.bytes) * 8 / seconds(nowNanos);
    }

    private void roll(long nowNanos) {
        long elapsedNanos = nowNanos - windowStartNanos;
        if (elapsedNanos < WINDOW_NANOS) {
            return;
        }
        boolean skipped = elapsedNanos >= 2 * WINDOW_NANOS;
        previous = skipped ? new Count(0, 0) : current;
        previousStartNanos = skipped ? nowNanos - WINDOW_NANOS : windowStartNanos;
        windowStartNanos = skipped ? nowNanos : windowStartNanos + WINDOW_NANOS;
        current = new Count(0, 0);
    }

    private double seconds(long nowNanos) {
        return Math.max(1e-3, (nowNanos - previousStartNanos) / 1e9);
    }

    private record Count(long units, long bytes) {}
}
