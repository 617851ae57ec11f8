package dev.aerie.rtsp.assigned;

import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Receives the pictures of one session, and notices when the session is over: by pictures of a later one, or by a
/// relay that does not know the stream any more.
///
/// - `T`: [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit]
public abstract class SessionConsumer<T> extends RtspConsumer<T> {

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
            StreamSource.Opener<T> opener,
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
    protected abstract void take(T picture);

    /// The session that a picture was stamped with; empty where it bears none.
    protected abstract String sessionOf(T picture);

    /// No picture comes, and none is to be expected at once; on the consumer's own thread, time and again.
    protected void silent() {}

    @Override
    protected final void accept(T picture) {
        unknown = false;
        if (isLater(sessionOf(picture))) {
            over.run();
            return;
        }
        take(picture);
    }

    @Override
    protected final void lost(LossCause cause) {
        silent();
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

    /// Sessions of the ingest sort by time.
    private boolean isLater(String seen) {
        return !seen.startsWith(LOCAL_SESSION) && seen.compareTo(session) > 0;
    }
}
