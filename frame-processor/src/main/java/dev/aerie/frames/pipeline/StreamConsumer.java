package dev.aerie.frames.pipeline;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.assigned.SessionConsumer;
import dev.aerie.rtsp.assigned.WorkListener;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives one stream's pictures for as long as its session lasts, and looks at them.
final class StreamConsumer extends SessionConsumer<VideoFrame> {

    private final StreamLook look;

    /// - `session`, `listener`, `goneAfter`: see [SessionConsumer]
    /// - `look`: owned from here on
    StreamConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            StreamLook look,
            WorkListener listener,
            Duration goneAfter) {
        super(config, opener, random, session, listener, goneAfter);
        this.look = look;
    }

    @Override
    protected String sessionOf(VideoFrame frame) {
        return frame.stamp().id().session();
    }

    @Override
    protected void take(VideoFrame frame) {
        look.accept(frame);
    }

    @Override
    protected void silent() {
        look.silent();
    }

    @Override
    protected void release() {
        look.close();
    }
}
