package dev.aerie.rtsp.assigned;

import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives the pictures of one session, and notices when the session is over: by pictures of a later one, or by a
/// relay
/// that does not know the stream any more.
public abstract class SessionConsumer extends RtspConsumer<VideoFrame> {

    /// How long the relay may answer that it has no such stream before the session counts as over. A relay that is
    /// away, or refuses the password, proves nothing: the stream is kept and tried again.
    public static final Duration GONE_AFTER = Duration.ofSeconds(30);

    private static final String LOCAL_SESSION = "local-";

    private final String session;
    private final Runnable over;
    private final Duration goneAfter;
    private long unknownSinceNanos;
    private boolean unknown;

    /// - `session`: which the work is about
    /// - `over`: told that the session is over, perhaps more than once; must not block
    /// - `goneAfter`: see [#GONE_AFTER]
    protected SessionConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            Runnable over,
            Duration goneAfter) {
        super(config, opener, random);
        this.session = session;
        this.over = over;
        this.goneAfter = goneAfter;
    }

    /// Takes one picture of the session, lent until this returns; on the consumer's own thread.
    protected abstract void take(VideoFrame frame);

    @Override
    protected final void accept(VideoFrame frame) {
        unknown = false;
        if (isOfLaterSession(frame)) {
            over.run();
            return;
        }
        take(frame);
    }

    @Override
    protected final void lost(LossCause cause) {
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
