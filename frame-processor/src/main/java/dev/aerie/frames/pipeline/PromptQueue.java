package dev.aerie.frames.pipeline;

import dev.aerie.frames.tracker.PromptRejectedException;
import dev.aerie.frames.tracker.PromptedTracker;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.VideoTracker;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where people's questions to the tracker of one stream wait until its thread, between two frames, has
/// time.
///
/// Holds a bounded number of them, and answers a bounded number per frame: however many are asked, the
/// stream goes on.
public final class PromptQueue {

    private static final Logger LOG = LoggerFactory.getLogger(PromptQueue.class);
    private static final int MAX_PENDING = 64;
    private static final int MAX_PER_FRAME = 8;

    /// Something that only the stream's thread may ask the tracker.
    @FunctionalInterface
    public interface TrackerTask<T> {
        T run(PromptedTracker tracker) throws PromptRejectedException, ModelException;
    }

    /// The question was not put.
    public static final class NotExecutedException extends Exception {

        private static final long serialVersionUID = 1L;

        /// Why.
        public enum Reason {
            /// Too many wait already.
            BUSY,
            /// No frame came in time; it will not be put later either.
            NO_FRAME,
            /// What runs takes no prompts.
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
                return; // whoever asked has gone
            }
            if (!(tracker instanceof PromptedTracker prompted)) {
                result.completeExceptionally(new NotExecutedException(
                        NotExecutedException.Reason.NO_PROMPTS,
                        "the tracker that runs here (" + tracker.name()
                                + ") takes no prompts: it follows what its detector finds by itself"));
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
                LOG.error("prompt failed", e); // a person's prompt ends no stream
                result.completeExceptionally(
                        new NotExecutedException(NotExecutedException.Reason.FAILED, "the prompt failed: " + e));
            }
        }
    }

    private final BlockingQueue<PendingTask<?>> pending = new ArrayBlockingQueue<>(MAX_PENDING);

    /// Waits for the answer, `patience` at most.
    public <T> T submit(TrackerTask<T> trackerTask, Duration timeout)
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

    /// Answers some of what waits; on the stream's thread.
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
