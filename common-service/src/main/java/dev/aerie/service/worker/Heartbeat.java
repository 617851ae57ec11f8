package dev.aerie.service.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Detects whether the management thread is stuck in a change.
final class Heartbeat {

    /// Loading the largest model and closing a hanging stream both take less time.
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
