package dev.aerie.ingest.live;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Has the [ResultHub] send the frames whose join window is over, step by step while frames wait for more results. A
/// server whose results nobody reads is not woken up.
final class JoinTimer {

    private final ResultHub hub;
    private final Consumer<Runnable> afterStep;
    private final AtomicBoolean armed = new AtomicBoolean();

    /// - `afterStep`: runs its argument once, a step of time later, on any thread
    JoinTimer(ResultHub hub, Consumer<Runnable> afterStep) {
        this.hub = hub;
        this.afterStep = afterStep;
    }

    /// Called after the hub took a message, by any thread.
    void arm() {
        if (hub.isJoining() && armed.compareAndSet(false, true)) {
            afterStep.accept(this::step);
        }
    }

    /// Disarmed first: what begins to wait meanwhile arms it anew, here or by its own call.
    private void step() {
        armed.set(false);
        try {
            hub.flush();
        } finally {
            arm();
        }
    }
}
