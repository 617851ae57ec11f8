package dev.aerie.frames.pipeline;

import dev.aerie.messages.FrameResult;
import dev.aerie.rtsp.FrameRateLimiter;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processes the frames of one stream: tracks objects in those that are due, runs user requests between them, publishes
/// the results. All on the stream's own thread, except for [#latest] and [#errors].
final class FramePipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FramePipeline.class);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    /// Consecutive frames on which a model may fail before the stream's work fails.
    private static final int MAX_FAILURES = 100;

    private final String stream;
    private final FrameInference inference;
    private final StreamControl control;
    private final PromptQueue queue;
    private final StateStore states;
    private final Duration forgetAfter;
    private final Consumer<FrameResult> publish;
    private final StreamSink sink;
    private final FrameRateLimiter limiter = new FrameRateLimiter();
    private final LoadLimiter loadLimiter;
    private final AtomicLong errors = new AtomicLong();
    private int consecutiveFailures;
    private long frameAtNanos = System.nanoTime();
    private long savedAtNanos = System.nanoTime();
    private volatile @Nullable FrameResult latest;

    /// - `inference`, `sink`: owned from here on
    /// - `forgetAfter`: time without a frame after which the tracks end
    FramePipeline(
            String stream,
            FrameInference inference,
            StreamControl control,
            PromptQueue queue,
            StateStore states,
            Duration forgetAfter,
            LoadLimiter loadLimiter,
            Consumer<FrameResult> publish,
            StreamSink sink) {
        this.stream = stream;
        this.inference = inference;
        this.control = control;
        this.queue = queue;
        this.states = states;
        this.forgetAfter = forgetAfter;
        this.loadLimiter = loadLimiter;
        this.publish = publish;
        this.sink = sink;
        states.load(stream).ifPresent(inference::resume);
    }

    /// Takes the next frame, lent for the call.
    void accept(VideoFrame frame) {
        frameAtNanos = System.nanoTime();
        if (control.mode() == ProcessingMode.OFF) {
            return;
        }
        try {
            var tracker = inference.tracker();
            queue.runPending(tracker);
            double fps = Math.min(control.fps(), tracker.maxFps());
            if (limiter.accepts(frame.stamp().captureTimeNanos(), loadLimiter.limit(fps))) {
                long begun = System.nanoTime();
                process(frame);
                loadLimiter.recordDuration(System.nanoTime() - begun);
            }
            consecutiveFailures = 0;
        } catch (ModelException e) {
            onModelFailure(e);
        }
    }

    /// Called while no frame arrives: ends the tracks after `forgetAfter`.
    void onIdle() {
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
        if (states.isEnabled()) {
            inference.save().ifPresent(tracks -> states.save(stream, tracks));
        }
        inference.close();
        sink.close();
    }

    private void process(VideoFrame frame) throws ModelException {
        ProcessedFrame processed = inference.process(frame);
        latest = processed.result();
        publish.accept(processed.result());
        sink.accept(processed);
        if (states.isEnabled() && System.nanoTime() - savedAtNanos > SAVE_EVERY.toNanos()) {
            savedAtNanos = System.nanoTime();
            inference.save().ifPresent(tracks -> states.save(stream, tracks));
        }
    }

    private void onModelFailure(ModelException e) {
        errors.incrementAndGet();
        if (consecutiveFailures == 0) {
            LOG.error("frame not processed stream={} cause={}", stream, e.getMessage(), e);
        }
        if (++consecutiveFailures >= MAX_FAILURES) {
            throw new IllegalStateException("a model that was loaded fails on every frame", e);
        }
    }
}
