package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Envelope;
import java.util.Arrays;
import java.util.OptionalLong;

/// Latencies from the capture of a frame to its result, by this machine's clock. Keeps the newest 4096. Any thread.
final class ResultLatencies {

    private static final int MAX = 4096;

    @GuardedBy("this")
    private final long[] millis = new long[MAX];

    @GuardedBy("this")
    private long count;

    synchronized void add(Envelope envelope) {
        Long captured = envelope.captureTimeNanos();
        if (captured != null) {
            millis[(int) (count++ % MAX)] = envelope.madeAt().toEpochMilli() - captured / 1_000_000;
        }
    }

    /// Percentile by nearest rank; empty before the first latency.
    synchronized OptionalLong percentileMillis(double percent) {
        int kept = (int) Math.min(count, MAX);
        if (kept == 0) {
            return OptionalLong.empty();
        }
        long[] sorted = Arrays.copyOf(millis, kept);
        Arrays.sort(sorted);
        return OptionalLong.of(sorted[Math.max(0, (int) Math.ceil(percent / 100 * kept) - 1)]);
    }
}
