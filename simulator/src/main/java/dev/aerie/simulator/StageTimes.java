package dev.aerie.simulator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// Durations of one stage, in wall-clock and in this thread's CPU time. Used by one thread.
final class StageTimes {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final int SIGNIFICANT_DIGITS = 3;

    private final String name;
    private final Histogram wallMicros = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram cpuMicros = new Histogram(SIGNIFICANT_DIGITS);
    private long wallNanos;
    private long cpuNanos;

    StageTimes(String name) {
        this.name = name;
    }

    /// Work that may fail as `E`.
    interface Work<E extends Exception> {
        void run() throws E;
    }

    <E extends Exception> void measure(Work<E> work) throws E {
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        work.run();
        long cpuTaken = THREADS.getCurrentThreadCpuTime() - cpu;
        long wallTaken = System.nanoTime() - wall;
        cpuMicros.recordValue(cpuTaken / 1000);
        wallMicros.recordValue(wallTaken / 1000);
        cpuNanos += cpuTaken;
        wallNanos += wallTaken;
    }

    /// Runs per second on a dedicated core.
    double perCpuSecond() {
        return cpuMicros.getTotalCount() * 1e9 / cpuNanos;
    }

    double perWallSecond() {
        return wallMicros.getTotalCount() * 1e9 / wallNanos;
    }

    /// One row: p50, p95 and p99 in milliseconds, of CPU time, then by the clock.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s %s   %s", name, percentiles(cpuMicros), percentiles(wallMicros));
    }

    private static String percentiles(Histogram micros) {
        var row = new StringBuilder();
        for (int percent : new int[] {50, 95, 99}) {
            row.append(String.format(Locale.ROOT, " %8.2f", micros.getValueAtPercentile(percent) / 1e3));
        }
        return row.toString();
    }
}
