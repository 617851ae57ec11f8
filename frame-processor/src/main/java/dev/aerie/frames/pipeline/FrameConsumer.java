package dev.aerie.frames.pipeline;

import dev.aerie.service.worker.SessionConsumer;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.video.VideoFrame;
import java.time.Duration;

/// Receives one stream's frames for as long as its session lasts and passes them to its pipeline.
final class FrameConsumer extends SessionConsumer<VideoFrame> {

    private final FramePipeline pipeline;

    /// - `session`, `listener`, `goneAfter`: see [SessionConsumer]
    /// - `pipeline`: owned from here on
    FrameConsumer(
            StreamInput.Located<VideoFrame> input,
            String session,
            FramePipeline pipeline,
            WorkListener listener,
            Duration goneAfter) {
        super(input, session, listener, goneAfter);
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
    protected void onIdle() {
        pipeline.onIdle();
    }

    @Override
    protected void release() {
        pipeline.close();
    }
}
