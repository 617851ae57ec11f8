package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.service.worker.SessionWorker;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.tracker.StreamControl;
import java.util.Optional;

/// Processes one session of one stream: owns its consumer and its tracker.
public final class FrameWorker extends SessionWorker {

    private final StreamControl control;
    private final FramePipeline pipeline;
    private final PromptQueue queue;

    private FrameWorker(
            StreamAssignment assignment,
            StreamControl control,
            PromptQueue queue,
            FramePipeline pipeline,
            FrameConsumer consumer) {
        super(assignment, consumer);
        this.control = control;
        this.queue = queue;
        this.pipeline = pipeline;
    }

    /// Begins; `listener` is told when the session is found to be over, and when the work fails.
    static FrameWorker begin(
            StreamAssignment assignment, StreamControl control, PipelineContext pipelineContext, WorkListener listener)
            throws ModelException {
        var input = pipelineContext.input().locate(assignment.stream());
        var inference = new FrameInference(
                pipelineContext.trackers(), control, pipelineContext.producer(), pipelineContext.clock());
        var queue = new PromptQueue();
        var pipeline = new FramePipeline(
                assignment.stream(),
                inference,
                control,
                queue,
                pipelineContext.states(),
                pipelineContext.forgetAfter(),
                new LoadLimiter(pipelineContext.maxLoad()),
                pipelineContext.publish(),
                pipelineContext.sinks().open(assignment.stream(), assignment.session()));
        var consumer = new FrameConsumer(input, assignment.session(), pipeline, listener, FrameConsumer.GONE_AFTER);
        consumer.start();
        return new FrameWorker(assignment, control, queue, pipeline, consumer);
    }

    public StreamControl control() {
        return control;
    }

    /// The newest result; empty before the first.
    public Optional<FrameResult> latest() {
        return pipeline.latest();
    }

    /// Queue of user requests to its tracker.
    public PromptQueue promptQueue() {
        return queue;
    }

    /// Frames on which a model failed.
    public long errors() {
        return pipeline.errors();
    }
}
