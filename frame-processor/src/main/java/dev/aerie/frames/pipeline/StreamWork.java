package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.rtsp.assigned.AssignedStream;
import dev.aerie.rtsp.assigned.WorkListener;
import dev.aerie.vision.onnx.ModelException;
import java.util.Optional;

/// The work on one session of one stream: owns its consumer and its tracker.
public final class StreamWork implements AssignedStream {

    private final StreamAssignment assignment;
    private final StreamControl control;
    private final StreamLook look;
    private final PromptDesk desk;
    private final StreamConsumer consumer;

    private StreamWork(
            StreamAssignment assignment,
            StreamControl control,
            PromptDesk desk,
            StreamLook look,
            StreamConsumer consumer) {
        this.assignment = assignment;
        this.control = control;
        this.desk = desk;
        this.look = look;
        this.consumer = consumer;
    }

    /// Begins; `listener` is told when the session is found to be over, and when the work fails.
    static StreamWork begin(
            StreamAssignment assignment, StreamControl control, Pipeline pipeline, WorkListener listener)
            throws ModelException {
        var config = pipeline.location().apply(assignment.stream());
        var looker = new FrameLooker(pipeline.trackers(), control, pipeline.producer(), pipeline.clock());
        var desk = new PromptDesk();
        var look = new StreamLook(
                assignment.stream(),
                looker,
                control,
                desk,
                pipeline.states(),
                pipeline.forgetAfter(),
                new LoadLimit(pipeline.busyShare()),
                pipeline.publish(),
                pipeline.sinks().open(assignment.stream(), assignment.session()));
        var consumer = new StreamConsumer(
                config,
                pipeline.source().apply(config),
                pipeline.random(),
                assignment.session(),
                look,
                listener,
                StreamConsumer.GONE_AFTER);
        consumer.start();
        return new StreamWork(assignment, control, desk, look, consumer);
    }

    @Override
    public StreamAssignment assignment() {
        return assignment;
    }

    public StreamControl control() {
        return control;
    }

    /// The newest result; empty before the first.
    public Optional<FrameResult> latest() {
        return look.latest();
    }

    /// Where people's questions to its tracker are left.
    public PromptDesk desk() {
        return desk;
    }

    /// Pictures on which a model failed.
    public long errors() {
        return look.errors();
    }

    @Override
    public ConsumerHealth health() {
        return consumer.health();
    }

    @Override
    public ConsumerStatistics statistics() {
        return consumer.statistics();
    }

    @Override
    public String seenSession() {
        return consumer.seenSession();
    }

    @Override
    public boolean hasEnded() {
        return consumer.hasEnded();
    }

    /// The tracker is closed by the consumer's own thread, however long its last frame takes.
    @Override
    public void close() {
        consumer.close();
    }
}
