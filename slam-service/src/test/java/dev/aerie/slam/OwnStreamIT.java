package dev.aerie.slam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.FakeGo2rtc;
import dev.aerie.messages.testing.GstServer;
import dev.aerie.messages.testing.PackagedService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service alone, at a stream that go2rtc has: no ingest-server, a broker that is away, no work queue.
final class OwnStreamIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void streamName_atGo2rtcAndTheBrokerAway_posesComeInTheLogAndItIsReady() throws Exception {
        try (var server = GstServer.start(folder);
                var go2rtc = new FakeGo2rtc()) {
            go2rtc.rtspListen = ":" + server.port();
            try (var service = PackagedService.start(
                    Map.of(
                            "STREAM_NAME", "live",
                            "GO2RTC_API", go2rtc.uri().toString(),
                            "RABBITMQ_URL", "amqp://127.0.0.1:1",
                            "STORAGE_PATH", folder.toString(),
                            "SLAM_RING_PATH", folder.toString()),
                    folder.resolve("service.log"))) {
                Eventually.holds(
                        () -> "poses in the log: " + service.printed(),
                        LIMIT,
                        () -> service.results().stream().anyMatch(result -> result.has("tracking_state")));
                assertThat(service.results())
                        .filteredOn(result -> result.has("tracking_state"))
                        .allSatisfy(pose -> {
                            assertThat(pose.path("stream").asText()).isEqualTo("live");
                            assertThat(pose.path("session").asText()).startsWith("local-");
                        });
                assertThat(service.isReady()).isTrue();
            }
        }
    }
}
