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

/// What happens to the frames of one stream: those that are due are looked at, questions are answered
/// between them, and what was seen goes out. All on the stream's own thread but what is read from outside.
final class FramePipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FramePipeline.class);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    /// A model that fails on so many frames in a row will not recover by itself.
    private static final int MAX_FAILURES = 100;

    private final String stream;
    private final FrameInference inference;
    private final StreamControl control;
    private final PromptQueue queue;
    private final StateStore states;
    private final Duration forgetAfter;
    private final Consumer<FrameResult> publish;
    private final StreamSink sink;
    private final FramePace pace = new FramePace();
    private final LoadLimit load;
    private final AtomicLong errors = new AtomicLong();
    private int failuresInARow;
    private long frameAtNanos = System.nanoTime();
    private long savedAtNanos = System.nanoTime();
    private volatile @Nullable FrameResult latest;

    /// - `looker`, `sink`: owned from here on
    /// - `forgetAfter`: silence after which objects are forgotten
    FramePipeline(
            String stream,
            FrameInference inference,
            StreamControl control,
            PromptQueue queue,
            StateStore states,
            Duration forgetAfter,
            LoadLimit load,
            Consumer<FrameResult> publish,
            StreamSink sink) {
        this.stream = stream;
        this.inference = inference;
        this.control = control;
        this.queue = queue;
        this.states = states;
        this.forgetAfter = forgetAfter;
        this.load = load;
        this.publish = publish;
        this.sink = sink;
        states.find(stream).ifPresent(inference::resume);
    }

    /// Takes the next frame, lent for the call.
    void accept(VideoFrame frame) {
        frameAtNanos = System.nanoTime();
        if (control.mode() == ProcessingMode.OFF) {
            return;
        }
        try {
            queue.answer(inference.tracker());
            if (pace.takes(frame.stamp().captureTimeNanos(), load.max(control.fps()))) {
                long begun = System.nanoTime();
                look(frame);
                load.worked(System.nanoTime() - begun);
            }
            failuresInARow = 0;
        } catch (ModelException e) {
            failed(e);
        }
    }

    /// No frame comes, and is not to be expected at once: what is kept of the last ones is given up in
    /// the end.
    void silent() {
        if (System.nanoTime() - frameAtNanos > forgetAfter.toNanos()) {
            frameAtNanos = System.nanoTime();
            LOG.info("objects forgotten stream={} silentSeconds={}", stream, forgetAfter.toSeconds());
            inference.forget();
        }
    }

    /// The newest result; empty before the first.
    Optional<FrameResult> latest() {
        return Optional.ofNullable(latest);
    }

    /// Frames on which a model failed.
    long errors() {
        return errors.get();
    }

    @Override
    public void close() {
        if (states.isKept()) {
            inference.save().ifPresent(tracks -> states.keep(stream, tracks));
        }
        inference.close();
        sink.close();
    }

    private void look(VideoFrame frame) throws ModelException {
        ProcessedFrame seen = inference.look(frame);
        latest = seen.result();
        publish.accept(seen.result());
        sink.take(seen);
        if (states.isKept() && System.nanoTime() - savedAtNanos > SAVE_EVERY.toNanos()) {
            savedAtNanos = System.nanoTime();
            inference.save().ifPresent(tracks -> states.keep(stream, tracks));
        }
    }

    private void failed(ModelException e) {
        errors.incrementAndGet();
        if (failuresInARow == 0) {
            LOG.error("frame not looked at stream={} cause={}", stream, e.getMessage(), e);
        }
        if (++failuresInARow >= MAX_FAILURES) {
            throw new IllegalStateException("a model that was loaded fails on every frame", e);
        }
    }
}
