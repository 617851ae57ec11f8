package dev.aerie.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.GstServer;
import dev.aerie.messages.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service alone, at an RTSP server that is not ours: no ingest-server, no broker, no work queue.
final class OwnStreamIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void streamName_anyServerAndNoBroker_objectsAreInTheLogAndInFiles() throws Exception {
        Path detections = folder.resolve("detections");
        try (var server = GstServer.start(folder);
                var service = PackagedService.start(
                        Map.of(
                                "STREAM_NAME", server.url(),
                                "RABBITMQ_URL", "none",
                                "MODELS_DIR", folder.resolve("models").toString(),
                                "SAM2_PROMPT_STRATEGY", "saliency",
                                "OUTPUT_DIR", detections.toString(),
                                "WORKER_STATS_FILE",
                                        folder.resolve("stats.json").toString()),
                        folder.resolve("service.log"))) {
            Eventually.holds(
                    () -> "objects in the log: " + service.printed(),
                    LIMIT,
                    () -> service.results().stream().anyMatch(OwnStreamIT::hasObjects));
            var result = service.results().stream()
                    .filter(OwnStreamIT::hasObjects)
                    .findFirst()
                    .orElseThrow();
            assertThat(result.path("stream").asText()).isEqualTo("live");
            assertThat(result.path("session").asText()).startsWith("local-");
            Eventually.holds("objects in files", LIMIT, () -> count(detections) > 0);
            assertThat(service.isReady()).isTrue();
        }
    }

    private static boolean hasObjects(JsonNode result) {
        return result.path("schema").asText().equals("aerie.frame_result/1")
                && !result.path("objects").isEmpty();
    }

    private static long count(Path folder) {
        try (var files = Files.list(folder)) {
            return files.count();
        } catch (IOException _) {
            return 0;
        }
    }
}
