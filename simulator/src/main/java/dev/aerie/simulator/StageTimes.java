package dev.aerie.simulator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/// Durations of one stage, in wall-clock and in this thread's CPU time. Used by one thread.
final class StageTimes {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String name;
    private final long[] wallNanos;
    private final long[] cpuNanos;
    private int count;

    /// Holds up to `most` measurements.
    StageTimes(String name, int max) {
        this.name = name;
        this.wallNanos = new long[max];
        this.cpuNanos = new long[max];
    }

    /// Work that may fail as `E`.
    interface Work<E extends Exception> {
        void run() throws E;
    }

    <E extends Exception> void measure(Work<E> work) throws E {
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        work.run();
        cpuNanos[count] = THREADS.getCurrentThreadCpuTime() - cpu;
        wallNanos[count] = System.nanoTime() - wall;
        count++;
    }

    /// Runs per second on a dedicated core.
    double perCpuSecond() {
        return count * 1e9 / Arrays.stream(cpuNanos, 0, count).sum();
    }

    double perWallSecond() {
        return count * 1e9 / Arrays.stream(wallNanos, 0, count).sum();
    }

    /// One row: p50, p95 and p99 in milliseconds, of CPU time, then by the clock.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s %s   %s", name, percentiles(cpuNanos), percentiles(wallNanos));
    }

    private String percentiles(long[] nanos) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        var row = new StringBuilder();
        for (int percent : new int[] {50, 95, 99}) {
            int rank = Math.max(0, (int) Math.ceil(count * percent / 100.0) - 1);
            row.append(String.format(Locale.ROOT, " %8.2f", sorted[rank] / 1e6));
        }
        return row.toString();
    }
}
