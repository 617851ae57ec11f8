package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.assigned.SessionConsumer;
import dev.aerie.rtsp.assigned.WorkListener;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Receives one session of a stream as access units and hands each on.
final class StreamConsumer extends SessionConsumer<AccessUnit> {

    private final Consumer<AccessUnit> recorder;
    private final Semaphore silences = new Semaphore(0);

    /// - `recorder`: takes each unit; never waits
    /// - `listener`: see [SessionConsumer]
    StreamConsumer(
            RtspConfig config,
            StreamAssignment assignment,
            RecordingWork work,
            Consumer<AccessUnit> recorder,
            WorkListener listener) {
        super(config, work.source().apply(config), work.random(), assignment.session(), listener, GONE_AFTER);
        this.recorder = recorder;
    }

    @Override
    protected String sessionOf(AccessUnit unit) {
        return unit.stamp().map(stamp -> stamp.id().session()).orElse("");
    }

    @Override
    protected void take(AccessUnit unit) {
        recorder.accept(unit);
    }

    @Override
    protected void silent() {
        silences.release();
    }

    /// Waits until the connection has ended and all that it brought was taken, but no longer than `limit`.
    void awaitSilence(Duration limit) throws InterruptedException {
        silences.drainPermits();
        if (health().isLive()) {
            boolean _ = silences.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
