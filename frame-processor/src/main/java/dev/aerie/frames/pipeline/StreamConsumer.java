package dev.aerie.frames.pipeline;

import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives one stream's pictures for as long as its session lasts.
final class StreamConsumer extends RtspConsumer<VideoFrame> {

    /// How long the relay may answer that it has no such stream before the session counts as over. A relay
    /// that is away, or refuses the password, proves nothing: the stream is kept and tried again.
    static final Duration GONE_AFTER = Duration.ofSeconds(30);

    private static final String LOCAL_SESSION = "local-";

    private final String session;
    private final StreamLook look;
    private final Runnable over;
    private final Duration goneAfter;
    private long unknownSinceNanos;
    private boolean unknown;

    /// - `session`: which the work is about; ended by pictures of a later one
    /// - `look`: lent, for as long as this is open
    /// - `over`: told that the session is over, perhaps more than once; must not block
    /// - `goneAfter`: see [#GONE_AFTER]
    StreamConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            StreamLook look,
            Runnable over,
            Duration goneAfter) {
        super(config, opener, random);
        this.goneAfter = goneAfter;
        this.session = session;
        this.look = look;
        this.over = over;
    }

    @Override
    protected void accept(VideoFrame frame) {
        unknown = false;
        if (isOfLaterSession(frame)) {
            over.run();
            return;
        }
        look.accept(frame);
    }

    @Override
    protected void lost(LossCause cause) {
        look.silent();
        if (cause != LossCause.NO_SUCH_STREAM) {
            unknown = false;
            return;
        }
        long now = System.nanoTime();
        if (!unknown) {
            unknown = true;
            unknownSinceNanos = now;
        } else if (now - unknownSinceNanos > goneAfter.toNanos()) {
            over.run();
        }
    }

    private boolean isOfLaterSession(VideoFrame frame) {
        String seen = frame.stamp().id().session();
        return !seen.startsWith(LOCAL_SESSION) && seen.compareTo(session) > 0;
    }
}
