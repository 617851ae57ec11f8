package dev.aerie.service.worker;

import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.ProgressLog;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.service.stage.FrameObserver;
import java.time.Duration;

/// Receives the frames of one session and notices when the session is over: frames of a later session arrive, or the
/// relay no longer knows the stream.
///
/// - `T`: [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit]
public abstract class SessionConsumer<T> extends RtspConsumer<T> {

    /// How long the relay must report that there is no such stream before the session counts as over. A relay that is
    /// away or refuses the password proves nothing: then the worker keeps the stream and tries again.
    public static final Duration GONE_AFTER = Duration.ofSeconds(30);

    /// The same for a session of which no frame was ever here: whoever begins many holds no places at the
    /// workers with them.
    private static final Duration NEVER_SEEN_AFTER = Duration.ofSeconds(5);

    /// How long frames of another session that sorts before ours must arrive before our session counts as over. This
    /// happens when the ingest-server's clock was set back.
    private static final Duration OTHER_AFTER = Duration.ofSeconds(5);

    private final WorkListener listener;
    private final Duration goneAfter;
    private long unknownSinceNanos;
    private boolean unknown;
    private boolean hasSeenFrames;
    private long otherSinceNanos;
    private boolean other;
    private final ProgressLog progressLog;
    private final FrameObserver observer;
    private String expected;
    private volatile String seen = "";

    /// - `session`: the assigned session; a local one is replaced by the first session that the frames name
    /// - `listener`: notified when the session has ended, and when this consumer has failed
    /// - `goneAfter`: see [#GONE_AFTER]
    protected SessionConsumer(StreamInput.Located<T> input, String session, WorkListener listener, Duration goneAfter) {
        super(input.config(), input.opener(), input.random());
        this.progressLog = new ProgressLog(input.config().stream());
        this.observer = input.observer();
        this.expected = LocalSession.isLocal(session) ? "" : session;
        this.listener = listener;
        this.goneAfter = goneAfter;
    }

    /// Processes one frame of the session, on the consumer's own thread. The frame is lent until this method returns.
    protected abstract void onUnit(T frame);

    /// The session in a frame's identity; empty if it has none.
    protected abstract String sessionOf(T frame);

    /// Called repeatedly while no frame arrives and none is expected at once, on the consumer's own thread.
    protected void onIdle() {}

    @Override
    protected final void accept(T frame) {
        unknown = false;
        hasSeenFrames = true;
        seen = sessionOf(frame);
        expect(seen);
        if (isLater(seen) || isOtherForLong(seen)) {
            listener.onSessionEnd();
            return;
        }
        progressLog.frame(seen);
        long begunNanos = System.nanoTime();
        onUnit(frame);
        observer.worked(frame, begunNanos);
    }

    /// A worker that was assigned a local session adopts the first session that frames name.
    private void expect(String now) {
        if (expected.isEmpty() && !LocalSession.isLocal(now)) {
            expected = now;
        }
    }

    /// The session in the newest frame's identity; empty before the first frame, and if it has none.
    public final String seenSession() {
        return seen;
    }

    @Override
    protected final void failed(Throwable cause) {
        listener.failed(cause);
    }

    @Override
    protected final void lost(LossCause cause) {
        onIdle();
        if (cause != LossCause.NO_SUCH_STREAM) {
            unknown = false;
            return;
        }
        long now = System.nanoTime();
        if (!unknown) {
            unknown = true;
            unknownSinceNanos = now;
        } else if (now - unknownSinceNanos > patience(goneAfter, hasSeenFrames).toNanos()) {
            listener.onSessionEnd();
        }
    }

    static Duration patience(Duration goneAfter, boolean hasSeenFrames) {
        return hasSeenFrames || goneAfter.compareTo(NEVER_SEEN_AFTER) < 0 ? goneAfter : NEVER_SEEN_AFTER;
    }

    private boolean isOtherForLong(String now) {
        boolean isOther = !now.isEmpty() && !LocalSession.isLocal(now) && !now.equals(expected);
        if (isOther && !other) {
            otherSinceNanos = System.nanoTime();
        }
        other = isOther;
        return isOther && System.nanoTime() - otherSinceNanos > OTHER_AFTER.toNanos();
    }

    /// Sessions of the ingest-server sort by time.
    private boolean isLater(String seen) {
        return !LocalSession.isLocal(seen) && seen.compareTo(expected) > 0;
    }
}
