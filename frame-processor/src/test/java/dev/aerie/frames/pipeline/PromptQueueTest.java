package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.frames.pipeline.PromptQueue.NotExecutedException;
import dev.aerie.frames.pipeline.PromptQueue.NotExecutedException.Reason;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.vision.testing.ThingTracker;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.tracker.PromptedTracker;
import dev.aerie.vision.tracker.TrackLifecycleConfig;
import dev.aerie.vision.tracker.TrackingLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test's thread is that of the stream, and asks from another one.
final class PromptQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PromptQueue queue = new PromptQueue();
    private final PromptedTracker tracker = new PromptedTracker(
            new ThingTracker.Factory(ThingWorld.of()),
            _ -> List.of(),
            new TrackingLimits(3, 4, 10),
            TrackLifecycleConfig.DEFAULT);

    @AfterEach
    void close() {
        tracker.close();
    }

    @Test
    void submit_taskThatThrows_isAnsweredAndTheNextOneRuns() throws Exception {
        var failing = ask(_ -> {
            throw new IllegalStateException("planted");
        });
        untilDone(failing);
        var next = ask(_ -> 7);
        untilDone(next);

        assertThatThrownBy(failing::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        NotExecutedException.class,
                        answer -> assertThat(answer.reason()).isEqualTo(Reason.FAILED))
                .hasMessageContaining("planted");
        assertThat(next.get()).isEqualTo(7);
        assertThat(queue.executed()).isEqualTo(1);
        assertThat(queue.refused()).isEqualTo(1);
    }

    private CompletableFuture<Integer> ask(PromptQueue.TrackerTask<Integer> task) {
        var answer = new CompletableFuture<Integer>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(queue.submit(task, PATIENCE));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /// Frames come until it is answered.
    private void untilDone(CompletableFuture<Integer> answer) throws InterruptedException {
        Eventually.holds("an answer", () -> {
            queue.runPending(tracker);
            return answer.isDone();
        });
    }
}
