package dev.aerie.frames.pipeline;

import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.assigned.SessionConsumer;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives one stream's pictures for as long as its session lasts, and looks at them.
final class StreamConsumer extends SessionConsumer<VideoFrame> {

    private final StreamLook look;

    /// - `session`, `over`, `goneAfter`: see [SessionConsumer]
    /// - `look`: lent, for as long as this is open
    StreamConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            StreamLook look,
            Runnable over,
            Duration goneAfter) {
        super(config, opener, random, session, over, goneAfter);
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
}
