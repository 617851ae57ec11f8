package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.slam.output.KeyframeWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class MaxFpsTest {

    private static final int FRAMES_AT_TEN_PER_SECOND = 40;

    /// At 2 frames per second a frame may come a quarter of the period early.
    private static final long MIN_FRAMES_APART = 4;

    @Test
    @Timeout(60)
    void accept_streamOfTenFramesPerSecondAtMostTwo_processesFramesHalfASecondApart(@TempDir Path storage)
            throws Exception {
        List<Long> processed = new CopyOnWriteArrayList<>();
        try (var keyframes = new KeyframeWriter();
                var workers = ScriptedStreams.of(
                        FRAMES_AT_TEN_PER_SECOND,
                        storage,
                        keyframes,
                        2,
                        new Semaphore(FRAMES_AT_TEN_PER_SECOND),
                        pose -> processed.add(pose.envelope().frameNumber()))) {
            workers.assigned(StreamAssignments.of(
                    ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ScriptedStreams.SESSION)));
            Eventually.holds("some are processed", Duration.ofSeconds(30), () -> processed.size() >= 3);
        }
        for (int i = 1; i < processed.size(); i++) {
            assertThat(processed.get(i) - processed.get(i - 1)).isGreaterThanOrEqualTo(MIN_FRAMES_APART);
        }
    }
}
