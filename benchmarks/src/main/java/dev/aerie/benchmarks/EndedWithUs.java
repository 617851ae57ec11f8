package dev.aerie.benchmarks;

import java.time.Duration;

/// While it is open, a signal that ends this process interrupts the thread that opened it and waits for it to close
/// what it started: no service outlives its benchmark. Owns no thread but the hook of the virtual machine.
final class EndedWithUs implements AutoCloseable {

    /// Processes are given eight seconds to end.
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Thread whenKilled;

    private EndedWithUs(Thread whenKilled) {
        this.whenKilled = whenKilled;
    }

    static EndedWithUs open() {
        var measuring = Thread.currentThread();
        var whenKilled = new Thread(() -> end(measuring), "end-measuring");
        Runtime.getRuntime().addShutdownHook(whenKilled);
        return new EndedWithUs(whenKilled);
    }

    /// Interrupts `measuring` and waits for its end, 20 s at most.
    static void end(Thread measuring) {
        measuring.interrupt();
        try {
            boolean _ = measuring.join(LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenKilled);
        } catch (IllegalStateException _) {
            // It runs: this is what it waits for.
            return;
        }
    }
}
