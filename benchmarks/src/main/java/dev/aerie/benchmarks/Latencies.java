package dev.aerie.benchmarks;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Durations in nanoseconds and their percentiles; every value is kept. Written by one thread, then read by another.
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latencyNanos;
    }

    synchronized int count() {
        return count;
    }

    /// The smallest value that at least `percent` of all are not above (nearest rank), in milliseconds, to a hundredth;
    /// null if there is none.
    synchronized @Nullable Double percentileMillis(double percent) {
        if (count == 0) {
            return null;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return Math.round(sorted[Math.max(0, rank - 1)] / 1e4) / 100.0;
    }
}
