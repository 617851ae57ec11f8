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
    private static final int MAX_WAITING = 64;
    private static final int MAX_PER_FRAME = 8;

    /// Something that only the stream's thread may ask the tracker.
    @FunctionalInterface
    public interface Question<T> {
        T ask(PromptedTracker tracker) throws PromptRejectedException, ModelException;
    }

    /// The question was not put.
    public static final class UnansweredException extends Exception {

        private static final long serialVersionUID = 1L;

        /// Why.
        public enum Cause {
            /// Too many wait already.
            BUSY,
            /// No frame came in time; it will not be put later either.
            NO_FRAME,
            /// What runs takes no prompts.
            NO_PROMPTS,
            /// A model failed.
            FAILED
        }

        private final Cause cause;

        UnansweredException(Cause cause, String message) {
            super(message);
            this.cause = cause;
        }

        public Cause why() {
            return cause;
        }
    }

    private record Waiting<T>(Question<T> question, CompletableFuture<T> answer) {

        void put(VideoTracker tracker) {
            if (answer.isDone()) {
                return; // whoever asked has gone
            }
            if (!(tracker instanceof PromptedTracker follower)) {
                answer.completeExceptionally(new UnansweredException(
                        UnansweredException.Cause.NO_PROMPTS,
                        "the tracker that runs here (" + tracker.name()
                                + ") takes no prompts: it follows what its detector finds by itself"));
                return;
            }
            try {
                answer.complete(question.ask(follower));
            } catch (PromptRejectedException e) {
                answer.completeExceptionally(e);
            } catch (ModelException e) {
                answer.completeExceptionally(new UnansweredException(
                        UnansweredException.Cause.FAILED, "the model failed: " + e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("prompt failed", e); // a person's prompt ends no stream
                answer.completeExceptionally(
                        new UnansweredException(UnansweredException.Cause.FAILED, "the prompt failed: " + e));
            }
        }
    }

    private final BlockingQueue<Waiting<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

    /// Waits for the answer, `patience` at most.
    public <T> T ask(Question<T> question, Duration patience)
            throws PromptRejectedException, UnansweredException, InterruptedException {
        var answer = new CompletableFuture<T>();
        if (!waiting.offer(new Waiting<>(question, answer))) {
            throw new UnansweredException(
                    UnansweredException.Cause.BUSY, MAX_WAITING + " requests wait for this stream already");
        }
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            answer.cancel(false);
            throw new UnansweredException(
                    UnansweredException.Cause.NO_FRAME, "no frame came within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case PromptRejectedException refused -> throw refused;
                case UnansweredException unanswered -> throw unanswered;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Answers some of what waits; on the stream's thread.
    void answer(VideoTracker tracker) {
        for (int i = 0; i < MAX_PER_FRAME; i++) {
            Waiting<?> next = waiting.poll();
            if (next == null) {
                return;
            }
            next.put(tracker);
        }
    }
}
