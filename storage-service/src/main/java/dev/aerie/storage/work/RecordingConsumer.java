package dev.aerie.storage.work;

import dev.aerie.service.worker.SessionConsumer;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Receives one session of a stream as access units and hands each to the recorder.
final class RecordingConsumer extends SessionConsumer<AccessUnit> {

    private final Consumer<AccessUnit> recorder;
    private final Semaphore silences = new Semaphore(0);

    /// - `recorder`: accepts each unit; never waits
    /// - `listener`: see [SessionConsumer]
    RecordingConsumer(
            StreamInput.Located<AccessUnit> input,
            String session,
            Consumer<AccessUnit> recorder,
            WorkListener listener) {
        super(input, session, listener, GONE_AFTER);
        this.recorder = recorder;
    }

    @Override
    protected String sessionOf(AccessUnit unit) {
        return unit.stamp().map(stamp -> stamp.id().session()).orElse("");
    }

    @Override
    protected void onUnit(AccessUnit unit) {
        recorder.accept(unit);
    }

    @Override
    protected void onIdle() {
        silences.release();
    }

    /// Waits until the connection has ended and all received units were handed over, but no longer than `limit`.
    void awaitSilence(Duration limit) throws InterruptedException {
        silences.drainPermits();
        if (health().isLive()) {
            boolean _ = silences.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
