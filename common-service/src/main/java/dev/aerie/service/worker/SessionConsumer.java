package dev.aerie.service.worker;

import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.ProgressLog;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.service.stage.FrameObserver;
import java.time.Duration;

/// Receives the frames of one session, and notices when the session is over: by frames of a later one, or by a
/// relay that does not know the stream any more.
///
/// - `T`: [dev.aerie.video.VideoFrame] or [dev.aerie.video.AccessUnit]
public abstract class SessionConsumer<T> extends RtspConsumer<T> {

    /// How long the relay may answer that it has no such stream before the session counts as over. A relay that is
    /// away, or refuses the password, proves nothing: the stream is kept and tried again.
    public static final Duration GONE_AFTER = Duration.ofSeconds(30);

    /// How long frames may bear another session, which sorts before ours, before ours counts as over: the clock of the
    /// ingest was set back.
    private static final Duration OTHER_AFTER = Duration.ofSeconds(5);

    private final WorkListener listener;
    private final Duration goneAfter;
    private long unknownSinceNanos;
    private boolean unknown;
    private long otherSinceNanos;
    private boolean other;
    private final ProgressLog progressLog;
    private final FrameObserver observer;
    private String expected;
    private volatile String seen = "";

    /// - `session`: the assigned one; a local one is replaced by the first that the frames name
    /// - `listener`: notified when the session has ended, and when this has failed
    /// - `goneAfter`: see [#GONE_AFTER]
    protected SessionConsumer(StreamInput.Located<T> input, String session, WorkListener listener, Duration goneAfter) {
        super(input.config(), input.opener(), input.random());
        this.progressLog = new ProgressLog(input.config().stream());
        this.observer = input.observer();
        this.expected = LocalSession.isLocal(session) ? "" : session;
        this.listener = listener;
        this.goneAfter = goneAfter;
    }

    /// Takes one frame of the session, lent until this returns; on the consumer's own thread.
    protected abstract void onUnit(T frame);

    /// The session that a frame was stamped with; empty where it bears none.
    protected abstract String sessionOf(T frame);

    /// No frame comes, and none is to be expected at once; on the consumer's own thread, time and again.
    protected void onIdle() {}

    @Override
    protected final void accept(T frame) {
        unknown = false;
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

    /// Work that was assigned in a local session takes up the first one that frames name.
    private void expect(String now) {
        if (expected.isEmpty() && !LocalSession.isLocal(now)) {
            expected = now;
        }
    }

    /// The session that the newest frame was stamped with; empty before the first, and where it bears none.
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
        } else if (now - unknownSinceNanos > goneAfter.toNanos()) {
            listener.onSessionEnd();
        }
    }

    private boolean isOtherForLong(String now) {
        boolean isOther = !now.isEmpty() && !LocalSession.isLocal(now) && !now.equals(expected);
        if (isOther && !other) {
            otherSinceNanos = System.nanoTime();
        }
        other = isOther;
        return isOther && System.nanoTime() - otherSinceNanos > OTHER_AFTER.toNanos();
    }

    /// Sessions of the ingest sort by time.
    private boolean isLater(String seen) {
        return !LocalSession.isLocal(seen) && seen.compareTo(expected) > 0;
    }
}
