package dev.aerie.frames.pipeline;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.service.worker.SessionConsumer;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives one stream's frames for as long as its session lasts, and looks at them.
final class FrameConsumer extends SessionConsumer<VideoFrame> {

    private final FramePipeline pipeline;

    /// - `session`, `listener`, `goneAfter`: see [SessionConsumer]
    /// - `look`: owned from here on
    FrameConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            FramePipeline pipeline,
            WorkListener listener,
            Duration goneAfter) {
        super(config, opener, random, session, listener, goneAfter);
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
        pipeline.silent();
    }

    @Override
    protected void release() {
        pipeline.close();
    }
}
