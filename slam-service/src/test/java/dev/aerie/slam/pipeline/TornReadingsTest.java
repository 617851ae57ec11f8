package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignments;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.TornMessages;
import dev.aerie.slam.output.KeyframeWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Messages of others that are none cost a stream nothing.
final class TornReadingsTest {

    private static final int COUNT = 1_000;

    @Test
    @Timeout(60)
    void accept_tornMessages_areTakenOrRefusedInWords_andTheStreamStays(@TempDir Path storage) throws Exception {
        try (var keyframes = new KeyframeWriter();
                var workers = ScriptedStreams.of(3, storage, keyframes)) {
            workers.assigned(StreamAssignments.of(
                    ExampleMessages.streamEvent(StreamEvent.Kind.STARTED, "drone", ScriptedStreams.SESSION)));
            Eventually.holds(
                    "worked on",
                    Duration.ofSeconds(30),
                    () -> workers.find("drone").isPresent());
            int taken = TornMessages.giveTo(new SensorReadings(workers), 20_261_122, COUNT);
            assertThat(taken).isBetween(1, 2 * COUNT / 3);
            assertThat(workers.find("drone")).isPresent();
        }
    }
}
