package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.service.worker.StreamWorker;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecorderStatus;
import java.time.Duration;

/// The recording of one session of one stream: owns its connection and what writes it.
public final class RecordingWorker implements StreamWorker {

    private static final Duration LAST_FRAMES = Duration.ofSeconds(1);

    private final StreamAssignment assignment;
    private final Recorder recorder;
    private final RecordingConsumer consumer;

    private RecordingWorker(StreamAssignment assignment, Recorder recorder, RecordingConsumer consumer) {
        this.assignment = assignment;
        this.recorder = recorder;
        this.consumer = consumer;
    }

    /// Begins; `listener` is told when the session is found to be over, and when the work fails.
    static RecordingWorker begin(StreamAssignment assignment, RecordingSetup setup, WorkListener listener) {
        var config = setup.location().apply(assignment.stream());
        var recorder = setup.recorder().start(assignment.stream(), assignment.session());
        var consumer = new RecordingConsumer(config, assignment, setup, recorder::put, listener);
        var _ = recorder.failure().thenAccept(listener::failed);
        consumer.start();
        return new RecordingWorker(assignment, recorder, consumer);
    }

    @Override
    public StreamAssignment assignment() {
        return assignment;
    }

    @Override
    public ConsumerHealth health() {
        return recorder.failure().isDone()
                ? new ConsumerHealth(
                        ConsumerState.FAILED, "recorder: " + recorder.failure().getNow(null))
                : consumer.health();
    }

    @Override
    public ConsumerStatistics statistics() {
        return consumer.statistics();
    }

    public RecorderStatus status() {
        return recorder.status();
    }

    @Override
    public String seenSession() {
        return consumer.seenSession();
    }

    @Override
    public String trouble() {
        return recorder.status().trouble();
    }

    @Override
    public boolean hasEnded() {
        return consumer.hasEnded();
    }

    /// Takes what is still on its way, writes it, closes the segment. When a stream has ended, the relay ends the
    /// connection too; one that lives on is left after a second.
    @Override
    public void close() {
        try {
            consumer.awaitSilence(LAST_FRAMES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
        recorder.close();
    }
}
