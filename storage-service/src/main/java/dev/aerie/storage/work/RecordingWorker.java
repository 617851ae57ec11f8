package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerState;
import dev.aerie.service.worker.SessionWorker;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecorderStatus;
import dev.aerie.video.AccessUnit;
import java.time.Duration;

/// The recording of one session of one stream. Owns its connection and its recorder.
public final class RecordingWorker extends SessionWorker {

    private static final Duration LAST_FRAMES = Duration.ofSeconds(1);

    private final Recorder recorder;
    private final RecordingConsumer consumer;

    private RecordingWorker(StreamAssignment assignment, Recorder recorder, RecordingConsumer consumer) {
        super(assignment, consumer);
        this.recorder = recorder;
        this.consumer = consumer;
    }

    /// Opens the recorder of a session.
    public interface RecorderFactory {
        Recorder start(String stream, String session);
    }

    /// Starts. `listener` is notified when the session has ended, and when the recording fails.
    static RecordingWorker begin(
            StreamAssignment assignment,
            StreamInput<AccessUnit> input,
            RecorderFactory recorders,
            WorkListener listener) {
        var located = input.locate(assignment.stream());
        var recorder = recorders.start(assignment.stream(), assignment.session());
        var consumer = new RecordingConsumer(located, assignment.session(), recorder::put, listener);
        var _ = recorder.failure().thenAccept(listener::failed);
        consumer.start();
        return new RecordingWorker(assignment, recorder, consumer);
    }

    @Override
    public ConsumerHealth health() {
        return recorder.failure().isDone()
                ? new ConsumerHealth(
                        ConsumerState.FAILED, "recorder: " + recorder.failure().getNow(null))
                : super.health();
    }

    public RecorderStatus status() {
        return recorder.status();
    }

    @Override
    public String trouble() {
        return recorder.status().failureCause();
    }

    /// Receives the units that are still on their way, writes them, and closes the segment. When a stream has ended,
    /// the relay also ends the connection; a connection that stays open is closed after a second.
    @Override
    public void close() {
        try {
            consumer.awaitSilence(LAST_FRAMES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        super.close();
        recorder.close();
    }
}
