package dev.aerie.benchmarks;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jspecify.annotations.Nullable;

/// Latencies and their percentiles, to 0.1 %. Written by one thread, read by another.
public final class Latencies {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram micros = new SynchronizedHistogram(SIGNIFICANT_DIGITS);

    public void add(long latencyNanos) {
        micros.recordValue(Math.max(0, latencyNanos / 1000));
    }

    public int count() {
        return Math.toIntExact(micros.getTotalCount());
    }

    /// Nearest rank, in milliseconds, to a hundredth; null without latencies.
    public @Nullable Double percentileMillis(double percent) {
        return micros.getTotalCount() == 0 ? null : Math.round(micros.getValueAtPercentile(percent) / 10.0) / 100.0;
    }
}
