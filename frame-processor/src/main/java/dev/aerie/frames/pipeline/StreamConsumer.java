package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.rtsp.LossCause;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.RtspConsumer;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Receives one stream's pictures and publishes what is seen in those that are due.
final class StreamConsumer extends RtspConsumer<VideoFrame> {

    /// How long the relay may answer that it has no such stream before the session counts as over. A relay that is
    /// away, or refuses the password, proves nothing: the stream is kept and tried again.
    static final Duration GONE_AFTER = Duration.ofSeconds(30);

    private static final String LOCAL_SESSION = "local-";

    private final String session;
    private final FrameLooker looker;
    private final StreamControl control;
    private final Consumer<FrameResult> publish;
    private final Runnable over;
    private final FramePace pace = new FramePace();
    private final Duration goneAfter;
    private long unknownSinceNanos;
    private boolean unknown;
    private volatile @Nullable FrameResult latest;

    /// - `session`: which the work is about; ended by pictures of a later one
    /// - `looker`: lent, for as long as this is open
    /// - `over`: told that the session is over, perhaps more than once; must not block
    /// - `goneAfter`: see [#GONE_AFTER]
    StreamConsumer(
            RtspConfig config,
            StreamSource.Opener<VideoFrame> opener,
            RandomGenerator random,
            String session,
            FrameLooker looker,
            StreamControl control,
            Consumer<FrameResult> publish,
            Runnable over,
            Duration goneAfter) {
        super(config, opener, random);
        this.goneAfter = goneAfter;
        this.session = session;
        this.looker = looker;
        this.control = control;
        this.publish = publish;
        this.over = over;
    }

    /// The newest result; empty before the first.
    Optional<FrameResult> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    protected void accept(VideoFrame frame) {
        unknown = false;
        if (isOfLaterSession(frame)) {
            over.run();
            return;
        }
        if (control.mode() == Mode.OFF || !pace.takes(frame.stamp().captureTimeNanos(), control.fps())) {
            return;
        }
        FrameResult result = look(frame);
        latest = result;
        publish.accept(result);
    }

    @Override
    protected void lost(LossCause cause) {
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

    private FrameResult look(VideoFrame frame) {
        try {
            return looker.look(frame);
        } catch (ModelException e) {
            throw new IllegalStateException("a model that was loaded fails on a picture", e);
        }
    }

    private boolean isOfLaterSession(VideoFrame frame) {
        String seen = frame.stamp().id().session();
        return !seen.startsWith(LOCAL_SESSION) && seen.compareTo(session) > 0;
    }
}
