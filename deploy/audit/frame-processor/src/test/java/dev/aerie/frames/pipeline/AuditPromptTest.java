package dev.aerie.frames.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.follow.FollowLimits;
import dev.aerie.frames.follow.MaskFollower;
import dev.aerie.frames.targets.TargetRules;
import dev.aerie.frames.testing.ThingTracker;
import dev.aerie.frames.testing.ThingWorld;
import dev.aerie.frames.testing.ThingWorld.Thing;
import dev.aerie.messages.Box;
import dev.aerie.messages.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What AUDIT says of prompts. Fails at d493c5a.
final class AuditPromptTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    /// Today: PromptQueueTest, FailingWorkTest.
    @Test
    void m30_promptThatThrows_leavesTheStreamsThreadAlone() throws Exception {
        var desk = new PromptDesk();
        var asked = CompletableFuture.runAsync(() -> {
            try {
                desk.ask(
                        _ -> {
                            throw new IllegalStateException("a tracker's own bug");
                        },
                        LIMIT);
            } catch (Exception _) {
                return; // nobody looks at the answer here
            }
        });
        var engines = new ThingTracker.Factory(
                ThingWorld.of(Thing.still(ThingWorld.RED, new Box(100, 80, 50, 40))));
        var thrown = new AtomicReference<RuntimeException>();
        try (var follower = new MaskFollower(engines, _ -> List.of(), new FollowLimits(4, 4, 10), TargetRules.USUAL)) {
            Eventually.holds("answered", LIMIT, () -> {
                try {
                    desk.answer(follower);
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
                return thrown.get() != null || asked.isDone();
            });
        }
        assertThat(thrown.get()).as("what reaches the stream's thread").isNull();
    }
}
