package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to the pictures of one stream: those that are due are looked at, questions are answered
/// between them, and what was seen goes out. All on the stream's own thread but what is read from outside.
final class StreamLook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLook.class);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    /// A model that fails on so many pictures in a row will not recover by itself.
    private static final int MOST_FAILURES = 100;

    private final String stream;
    private final FrameLooker looker;
    private final StreamControl control;
    private final PromptDesk desk;
    private final StateStore states;
    private final Duration forgetAfter;
    private final Consumer<FrameResult> publish;
    private final StreamSink sink;
    private final FramePace pace = new FramePace();
    private final LoadLimit load;
    private final AtomicLong errors = new AtomicLong();
    private int failuresInARow;
    private long pictureAtNanos = System.nanoTime();
    private long savedAtNanos = System.nanoTime();
    private volatile @Nullable FrameResult latest;

    /// - `looker`, `sink`: owned from here on
    /// - `forgetAfter`: silence after which objects are forgotten
    StreamLook(
            String stream,
            FrameLooker looker,
            StreamControl control,
            PromptDesk desk,
            StateStore states,
            Duration forgetAfter,
            LoadLimit load,
            Consumer<FrameResult> publish,
            StreamSink sink) {
        this.stream = stream;
        this.looker = looker;
        this.control = control;
        this.desk = desk;
        this.states = states;
        this.forgetAfter = forgetAfter;
        this.load = load;
        this.publish = publish;
        this.sink = sink;
        states.find(stream).ifPresent(looker::resume);
    }

    /// Takes the next picture, lent for the call.
    void accept(VideoFrame frame) {
        pictureAtNanos = System.nanoTime();
        if (control.mode() == Mode.OFF) {
            return;
        }
        try {
            desk.answer(looker.tracker());
            if (pace.takes(frame.stamp().captureTimeNanos(), load.most(control.fps()))) {
                long begun = System.nanoTime();
                look(frame);
                load.worked(System.nanoTime() - begun);
            }
            failuresInARow = 0;
        } catch (ModelException e) {
            failed(e);
        }
    }

    /// No picture comes, and is not to be expected at once: what is kept of the last ones is given up in
    /// the end.
    void silent() {
        if (System.nanoTime() - pictureAtNanos > forgetAfter.toNanos()) {
            pictureAtNanos = System.nanoTime();
            LOG.info("objects forgotten stream={} silentSeconds={}", stream, forgetAfter.toSeconds());
            looker.forget();
        }
    }

    /// The newest result; empty before the first.
    Optional<FrameResult> latest() {
        return Optional.ofNullable(latest);
    }

    /// Pictures on which a model failed.
    long errors() {
        return errors.get();
    }

    @Override
    public void close() {
        if (states.isKept()) {
            looker.save().ifPresent(state -> states.keep(stream, state));
        }
        looker.close();
        sink.close();
    }

    private void look(VideoFrame frame) throws ModelException {
        SeenPicture seen = looker.look(frame);
        latest = seen.result();
        publish.accept(seen.result());
        sink.take(seen);
        if (states.isKept() && System.nanoTime() - savedAtNanos > SAVE_EVERY.toNanos()) {
            savedAtNanos = System.nanoTime();
            looker.save().ifPresent(state -> states.keep(stream, state));
        }
    }

    private void failed(ModelException e) {
        errors.incrementAndGet();
        if (failuresInARow == 0) {
            LOG.error("picture not looked at stream={} cause={}", stream, e.getMessage(), e);
        }
        if (++failuresInARow >= MOST_FAILURES) {
            throw new IllegalStateException("a model that was loaded fails on every picture", e);
        }
    }
}
