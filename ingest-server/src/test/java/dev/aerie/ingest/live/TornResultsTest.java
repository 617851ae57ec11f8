package dev.aerie.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.bus.RestartRequests;
import dev.aerie.ingest.bus.WorkerStates;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.source.SourceInput;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import dev.aerie.messages.testing.TornMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Malformed messages of the bus end no reader of them.
@Timeout(60)
final class TornResultsTest {

    private static final int COUNT = 2_000;

    @Test
    void results_torn_arePassedOnOrRefusedWithAReason() {
        var hub = new ResultHub(() -> true);
        var states = new WorkerStates(System::nanoTime);
        var atOnce = new RecordingConnection();
        var joined = new RecordingConnection();
        hub.add(new ResultSubscription("drone", Duration.ZERO, atOnce));
        hub.add(new ResultSubscription("drone", Duration.ofMillis(1), joined));
        int taken = TornMessages.giveTo(
                (_, body) -> {
                    String json = new String(body, StandardCharsets.UTF_8);
                    var header = Messages.readHeader(json);
                    if (header.type() == MessageType.WORKER_STATUS) {
                        states.accept(Messages.read(body));
                    }
                    hub.accept(header, json);
                    hub.flush();
                },
                20_261_122,
                COUNT);
        hub.tick();
        assertThat(taken).isBetween(1, 2 * COUNT / 3);
        assertThat(states.of("drone")).hasSizeLessThan(COUNT);
    }

    @Test
    void restartRequests_torn_areAppliedOrRefusedWithAReason() {
        var streams = new Streams(
                new Relay(),
                new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
                InstantSource.system(),
                System::nanoTime,
                RandomGenerator.of("L64X128MixRandom"));
        SourceInput.Opener nobody = (_, _, _) -> {
            throw new IOException("nobody answers");
        };
        try (var sources = new Sources(nobody, streams, 4)) {
            int taken = TornMessages.giveTo(new RestartRequests("ingest-server", sources), 7, COUNT);
            assertThat(taken).isLessThan(COUNT / 5);
        }
    }
}
