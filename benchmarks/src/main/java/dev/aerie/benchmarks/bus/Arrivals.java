package dev.aerie.benchmarks.bus;

import dev.aerie.benchmarks.Latencies;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the messages that were made while a run was measured, and how long each was under way. Written by one
/// reader's thread.
final class Arrivals {

    private static final int POLL_MILLIS = 100;
    private static final int QUIET_POLLS = 10;
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();

    private final long beginNanos;
    private final long endNanos;
    private final Latencies latencies = new Latencies();
    private final AtomicLong all = new AtomicLong();

    /// Of a run whose warm-up begins now.
    Arrivals(BusRun run) {
        this.beginNanos = System.nanoTime() + run.warmUp().toNanos();
        this.endNanos = beginNanos + run.length().toNanos();
    }

    /// - `madeAtNanos`: of `System.nanoTime()`
    void add(long madeAtNanos) {
        all.incrementAndGet();
        if (madeAtNanos >= beginNanos && madeAtNanos < endNanos) {
            latencies.add(System.nanoTime() - madeAtNanos);
        }
    }

    /// Waits until nothing has arrived for a second, ten seconds at most.
    void awaitQuiet() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        long before = -1;
        for (int quiet = 0; quiet < QUIET_POLLS && System.nanoTime() < deadline; quiet++) {
            if (all.get() != before) {
                before = all.get();
                quiet = 0;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    BusRow row(String client, BusRun run) {
        double seconds = run.length().toMillis() / 1000.0;
        return new BusRow(
                client,
                run.kind(),
                run.streams(),
                run.offeredPerSecond(),
                Math.round(latencies.count() / seconds),
                latencies.percentileMillis(99));
    }
}
