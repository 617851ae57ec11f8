package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.ConsumerHealth;
import dev.aerie.rtsp.ConsumerStatistics;
import dev.aerie.vision.onnx.ModelException;
import java.util.Optional;

/// The work on one session of one stream: owns its consumer and its tracker.
public final class StreamWork implements AutoCloseable {

    private final StreamAssignment assignment;
    private final StreamControl control;
    private final FrameLooker looker;
    private final StreamConsumer consumer;

    private StreamWork(
            StreamAssignment assignment, StreamControl control, FrameLooker looker, StreamConsumer consumer) {
        this.assignment = assignment;
        this.control = control;
        this.looker = looker;
        this.consumer = consumer;
    }

    /// Begins; `over` is told when the session is found to be over.
    static StreamWork begin(StreamAssignment assignment, StreamControl control, Pipeline pipeline, Runnable over)
            throws ModelException {
        var config = pipeline.location().apply(assignment.stream());
        var looker = new FrameLooker(pipeline.trackers().open(), pipeline.producer(), pipeline.clock());
        var consumer = new StreamConsumer(
                config,
                pipeline.source().apply(config),
                pipeline.random(),
                assignment.session(),
                looker,
                control,
                pipeline.publish(),
                over,
                StreamConsumer.GONE_AFTER);
        consumer.start();
        return new StreamWork(assignment, control, looker, consumer);
    }

    public String stream() {
        return assignment.stream();
    }

    public String session() {
        return assignment.session();
    }

    public StreamControl control() {
        return control;
    }

    /// The newest result; empty before the first.
    public Optional<FrameResult> latest() {
        return consumer.latest();
    }

    public ConsumerHealth health() {
        return consumer.health();
    }

    public ConsumerStatistics statistics() {
        return consumer.statistics();
    }

    StreamAssignment assignment() {
        return assignment;
    }

    @Override
    public void close() {
        consumer.close();
        looker.close();
    }
}
