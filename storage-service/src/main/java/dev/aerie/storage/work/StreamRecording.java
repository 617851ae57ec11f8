package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.assigned.AssignedStream;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecorderStatus;
import java.time.Duration;

/// The recording of one session of one stream: owns its connection and what writes it.
public final class StreamRecording implements AssignedStream {

    private static final Duration LAST_PICTURES = Duration.ofSeconds(1);

    private final StreamAssignment assignment;
    private final Recorder recorder;
    private final StreamConsumer consumer;

    private StreamRecording(StreamAssignment assignment, Recorder recorder, StreamConsumer consumer) {
        this.assignment = assignment;
        this.recorder = recorder;
        this.consumer = consumer;
    }

    /// Begins; `over` is told when the session is found to be over.
    static StreamRecording begin(StreamAssignment assignment, RecordingWork work, Runnable over) {
        var config = work.location().apply(assignment.stream());
        var recorder = work.recorder().start(assignment.stream(), assignment.session());
        var consumer = new StreamConsumer(config, assignment, work, recorder::put, over);
        consumer.start();
        return new StreamRecording(assignment, recorder, consumer);
    }

    @Override
    public StreamAssignment assignment() {
        return assignment;
    }

    @Override
    public ConsumerHealth health() {
        return consumer.health();
    }

    @Override
    public ConsumerStatistics statistics() {
        return consumer.statistics();
    }

    public RecorderStatus status() {
        return recorder.status();
    }

    /// False only after a bug.
    public boolean isAlive() {
        return consumer.health().isAlive() && recorder.isAlive();
    }

    /// Takes what is still on its way, writes it, closes the segment. When a stream has ended, the relay ends the
    /// connection too; one that lives on is left after a second.
    @Override
    public void close() {
        try {
            consumer.awaitSilence(LAST_PICTURES);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
        recorder.close();
    }
}
