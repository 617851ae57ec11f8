package dev.aerie.ptz.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.service.worker.SessionConsumer;
import dev.aerie.service.worker.SessionWorker;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;

/// The work on one session of one stream: receives its frames, steers its camera.
public final class PtzWorker extends SessionWorker {

    private final CameraPipeline pipeline;

    private PtzWorker(StreamAssignment assignment, CameraPipeline pipeline, Consumer consumer) {
        super(assignment, consumer);
        this.pipeline = pipeline;
    }

    /// Begins; `listener` is told when the session is found to be over, and when the work fails.
    static PtzWorker begin(StreamAssignment assignment, PtzContext ptzContext, Steering steering, WorkListener listener)
            throws ModelException {
        var input = ptzContext.input().locate(assignment.stream());
        var pipeline = CameraPipeline.open(steering, ptzContext);
        var consumer = new Consumer(input, assignment.session(), pipeline, listener);
        consumer.start();
        return new PtzWorker(assignment, pipeline, consumer);
    }

    /// Takes what frame-processor found in a frame.
    public void add(FrameResult result) {
        pipeline.add(result);
    }

    public PipelineCounts counts() {
        return pipeline.counts();
    }

    @Override
    public String trouble() {
        return pipeline.trouble();
    }

    private static final class Consumer extends SessionConsumer<VideoFrame> {

        private final CameraPipeline pipeline;

        Consumer(
                StreamInput.Located<VideoFrame> input, String session, CameraPipeline pipeline, WorkListener listener) {
            super(input, session, listener, GONE_AFTER);
            this.pipeline = pipeline;
        }

        @Override
        protected String sessionOf(VideoFrame frame) {
            return frame.stamp().id().session();
        }

        @Override
        protected void onUnit(VideoFrame frame) {
            pipeline.accept(frame);
        }

        @Override
        protected void release() {
            pipeline.close();
        }
    }
}
