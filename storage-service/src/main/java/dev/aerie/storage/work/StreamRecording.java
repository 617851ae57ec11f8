package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.assigned.AssignedStream;
import dev.aerie.storage.segment.Recorder;
import dev.aerie.storage.segment.RecorderStatus;

/// The recording of one session of one stream: owns its connection and what writes it.
public final class StreamRecording implements AssignedStream {

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

    /// Writes what was received, closes the segment.
    @Override
    public void close() {
        consumer.close();
        recorder.close();
    }
}
