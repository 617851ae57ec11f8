package dev.aerie.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.GstServer;
import dev.aerie.messages.testing.PackagedService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service alone, at an RTSP server that is not ours: no ingest-server, no broker, no work queue.
final class OwnStreamIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void streamName_addressOfAnyServerAndNoBroker_isRecordedFrameByFrame() throws Exception {
        try (var server = GstServer.start(folder);
                var service = PackagedService.start(
                        Map.of(
                                "STREAM_NAME", server.url(),
                                "RABBITMQ_URL", "none",
                                "STORAGE_PATH", folder.resolve("archive").toString(),
                                "SEGMENT_LENGTH", "2",
                                "RETENTION_FREE", "0"),
                        folder.resolve("service.log"))) {
            Eventually.holds(
                    () -> "two segments in the log: " + service.printed(),
                    LIMIT,
                    () -> segments(service).size() >= 2);
            var first = segments(service).getFirst();
            assertThat(first.path("stream").asText()).isEqualTo("live");
            assertThat(first.path("session").asText()).startsWith("local-");
            assertThat(first.path("frame_number").asLong()).isZero();
            assertThat(segments(service).get(1).path("frame_number").asLong())
                    .isEqualTo(first.path("last_frame_number").asLong() + 1);
            assertThat(folder.resolve("archive").resolve(first.path("path").asText()))
                    .isNotEmptyFile();
            assertThat(service.get("/api/recordings").toString())
                    .contains(first.path("session").asText());
            assertThat(service.isReady()).isTrue();
        }
    }

    private static List<JsonNode> segments(PackagedService service) {
        return service.results().stream()
                .filter(event -> event.path("item").asText().equals("segment"))
                .toList();
    }
}
