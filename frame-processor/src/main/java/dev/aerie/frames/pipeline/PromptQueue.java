package dev.aerie.frames.pipeline;

import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.PromptRejectedException;
import dev.aerie.vision.tracker.PromptedTracker;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Queue of user requests to the tracker of one stream; its thread runs them between two frames.
///
/// Both the queue and the number run per frame are bounded, so that requests cannot block the stream.
public final class PromptQueue {

    private static final Logger LOG = LoggerFactory.getLogger(PromptQueue.class);
    private static final int MAX_PENDING = 64;
    private static final int MAX_PER_FRAME = 8;

    /// A call of the tracker that only the stream's thread may make.
    @FunctionalInterface
    public interface TrackerTask<T> {
        T run(PromptedTracker tracker) throws PromptRejectedException, ModelException;
    }

    /// The task was not run.
    public static final class NotExecutedException extends Exception {

        private static final long serialVersionUID = 1L;

        /// Why.
        public enum Reason {
            /// Too many wait already.
            BUSY,
            /// No frame arrived in time; it will not be run later either.
            NO_FRAME,
            /// The current tracker takes no prompts.
            NO_PROMPTS,
            /// A model failed.
            FAILED
        }

        private final Reason reason;

        NotExecutedException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    private record PendingTask<T>(TrackerTask<T> trackerTask, CompletableFuture<T> result) {

        void run(VideoTracker tracker) {
            if (result.isDone()) {
                return; // the caller has given up
            }
            if (!(tracker instanceof PromptedTracker prompted)) {
                result.completeExceptionally(new NotExecutedException(
                        NotExecutedException.Reason.NO_PROMPTS,
                        "the tracker that runs here (" + tracker.name()
                                + ") takes no prompts: it tracks every detection"));
                return;
            }
            try {
                result.complete(trackerTask.run(prompted));
            } catch (PromptRejectedException e) {
                result.completeExceptionally(e);
            } catch (ModelException e) {
                result.completeExceptionally(new NotExecutedException(
                        NotExecutedException.Reason.FAILED, "the model failed: " + e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("prompt failed", e); // a prompt must not end a stream
                result.completeExceptionally(
                        new NotExecutedException(NotExecutedException.Reason.FAILED, "the prompt failed: " + e));
            }
        }
    }

    private final BlockingQueue<PendingTask<?>> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private final LongAdder executed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /// Runs `task` on the stream's thread and waits for its result, at most for `timeout`.
    public <T> T submit(TrackerTask<T> trackerTask, Duration timeout)
            throws PromptRejectedException, NotExecutedException, InterruptedException {
        try {
            T result = await(trackerTask, timeout);
            executed.increment();
            return result;
        } catch (PromptRejectedException | NotExecutedException e) {
            refused.increment();
            throw e;
        }
    }

    /// Requests that were executed.
    public long executed() {
        return executed.sum();
    }

    /// Requests that were refused, or not executed in time.
    public long refused() {
        return refused.sum();
    }

    private <T> T await(TrackerTask<T> trackerTask, Duration timeout)
            throws PromptRejectedException, NotExecutedException, InterruptedException {
        var result = new CompletableFuture<T>();
        if (!pending.offer(new PendingTask<>(trackerTask, result))) {
            throw new NotExecutedException(
                    NotExecutedException.Reason.BUSY, MAX_PENDING + " requests wait for this stream already");
        }
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            result.cancel(false);
            throw new NotExecutedException(
                    NotExecutedException.Reason.NO_FRAME, "no frame came within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case PromptRejectedException rejected -> throw rejected;
                case NotExecutedException notExecuted -> throw notExecuted;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Runs some of the pending tasks; called on the stream's thread.
    void runPending(VideoTracker tracker) {
        for (int i = 0; i < MAX_PER_FRAME; i++) {
            PendingTask<?> next = pending.poll();
            if (next == null) {
                return;
            }
            next.run(tracker);
        }
    }
}
