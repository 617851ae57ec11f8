package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.ExampleMessages;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

final class JoinTimerTest {

    private final ResultHub hub = new ResultHub(() -> true);
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final JoinTimer timer = new JoinTimer(hub, steps::add);
    private final RecordingConnection connection = new RecordingConnection();

    @Test
    void arm_nobodyReads_wakesNothing() {
        take();
        assertThat(steps).isEmpty();
    }

    @Test
    void arm_resultsAreSentAtOnce_wakesNothing() {
        hub.add(new ResultSubscription("drone", Duration.ZERO, connection));
        take();
        assertThat(connection.sent).hasSize(1);
        assertThat(steps).isEmpty();
    }

    @Test
    void arm_frameWaits_stepsUntilItIsSent() {
        hub.add(new ResultSubscription("drone", Duration.ofNanos(1), connection));
        take();
        take();
        assertThat(steps).as("one timer for both").hasSize(1);

        steps.remove().run();
        assertThat(connection.sent).hasSize(1);
        assertThat(steps).isEmpty();
    }

    @Test
    void step_windowNotOver_stepsAgain() {
        hub.add(new ResultSubscription("drone", Duration.ofDays(1), connection));
        take();
        steps.remove().run();
        assertThat(connection.sent).isEmpty();
        assertThat(steps).hasSize(1);
    }

    private void take() {
        BusMessages.give(hub, ExampleMessages.frameResult());
        timer.arm();
    }
}
