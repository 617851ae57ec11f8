package dev.aerie.service.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Knows whether the thread of changes is stuck in one of them.
final class Heartbeat {

    /// Beginning with the largest model and leaving a hanging stream both take less.
    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);

    private static final long IDLE = Long.MIN_VALUE;

    private final AtomicLong busySinceNanos = new AtomicLong(IDLE);

    void during(Runnable change) {
        busySinceNanos.set(System.nanoTime());
        try {
            change.run();
        } finally {
            busySinceNanos.set(IDLE);
        }
    }

    boolean isBeating() {
        long since = busySinceNanos.get();
        return since == IDLE || System.nanoTime() - since < STUCK_AFTER.toNanos();
    }
}
