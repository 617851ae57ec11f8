package dev.aerie.ingest.push;

import static dev.aerie.ingest.testing.RecordedVideo.SESSION;
import static dev.aerie.ingest.testing.RecordedVideo.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.RecordedVideo;
import dev.aerie.ingest.testing.SocketClient;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class ReplaySocketTest {

    private static final List<AccessUnit> UNITS = RecordedVideo.units(SESSION, 12, 6, 99);

    @TestHTTPResource("/")
    URI server;

    @Inject
    Relay relay;

    @Inject
    Streams streams;

    @Test
    void frames_ofARecording_areRelayedUntilTheClientLeaves() {
        try (var client = connect("/ws/replay/shown-again")) {
            UNITS.forEach(unit -> client.send(message(unit)));
            Eventually.holds("12 frames", () -> frames("shown-again") == 12);
            assertThat(relay.find("shown-again").orElseThrow().cachedGroup())
                    .extracting(unit -> unit.stamp().orElseThrow())
                    .allMatch(stamp -> stamp.clock() == CaptureClock.REPLAY)
                    .extracting(stamp -> stamp.id().frameNumber())
                    .containsExactly(46L, 47L, 48L, 49L, 50L, 51L);
        }
        Eventually.holds(
                "ended", () -> streams.find("shown-again").orElseThrow().state() == StreamState.ENDED);
    }

    @Test
    void frame_thatIsWrong_endsItWithTheReason() {
        try (var client = connect("/ws/replay/wrong")) {
            client.send(message(UNITS.get(0)));
            client.send(message(UNITS.get(0)));
            assertThat(client.closed().code()).isEqualTo(1003);
            assertThat(client.closed().reason()).isEqualTo("frame 41 or later follows, not 40");
        }
    }

    @Test
    void measurement_thatIsWrong_endsItWithTheReason() {
        try (var client = connect("/ws/replay/nonsense")) {
            client.send("{\"schema\":\"aerie.pose/1\"}");
            assertThat(client.closed().reason()).contains("schema must be");
        }
    }

    private SocketClient connect(String path) {
        return new SocketClient(SocketClient.uri(server.getPort(), path));
    }

    private long frames(String stream) {
        return streams.find(stream)
                .map(held -> held.snapshot().totals().frames())
                .orElse(0L);
    }
}
