package dev.aerie.frames;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets the process end with status 0 where it was told to stop (SIGTERM, SIGINT) and stopped in order; Java
/// alone would say 143 for that.
final class GracefulShutdown {

    private static final long PATIENCE_SECONDS = 40;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile int status;

    /// Comes into force; once per process.
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end"));
    }

    /// The service has stopped; `status` is 0 where it did in order.
    void stopped(int status) {
        this.status = status;
        stopped.countDown();
        System.exit(status); // waits for ever where the end has begun already
    }

    private void end() {
        try {
            if (stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
