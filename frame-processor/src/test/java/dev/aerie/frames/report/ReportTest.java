package dev.aerie.frames.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.frames.testing.ProcessedFrames;
import dev.aerie.messages.Box;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.testing.MessageSchemas;
import dev.aerie.vision.testing.ThingWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Box PLACE = new Box(100, 80, 50, 40);
    private static final ThingWorld WORLD = ThingWorld.of();

    @TempDir
    Path folder;

    @Test
    void take_framesWithObjects_areFilesOfWhichTheNewestAreKept() throws Exception {
        Path inside = folder.resolve("detections");
        try (var files = DetectionFiles.open(inside, 5)) {
            files.take(ProcessedFrames.of(WORLD.frame(SESSION, 0)));
            for (int i = 1; i <= 8; i++) {
                files.take(ProcessedFrames.of(WORLD.frame(SESSION, i), PLACE));
            }
        }
        assertThat(names(inside)).containsExactly(name(4), name(5), name(6), name(7), name(8));
        MessageSchemas.assertValid(Exchanges.PROCESSED_FRAMES, Files.readAllBytes(inside.resolve(name(8))));

        try (var files = DetectionFiles.open(inside, 2)) {
            files.take(ProcessedFrames.of(WORLD.frame(SESSION, 9), PLACE));
        }
        assertThat(names(inside)).hasSize(2).contains(name(9));
    }

    @Test
    void write_afterSomeFrames_summarizesThem() throws Exception {
        var now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
        var statistics = new WorkerStatistics(now::get);
        for (int i = 0; i < 10; i++) {
            statistics.count(
                    ProcessedFrames.of(WORLD.frame(SESSION, i), PLACE, PLACE).result());
        }
        now.set(Instant.parse("2026-11-21T10:00:05Z"));
        Path file = folder.resolve("worker_stats.json");
        statistics.write(file, 3);

        var written = new ObjectMapper().readTree(file.toFile());
        assertThat(written.path("frames").asInt()).isEqualTo(10);
        assertThat(written.path("objects").asInt()).isEqualTo(20);
        assertThat(written.path("errors").asInt()).isEqualTo(3);
        assertThat(written.path("latency_ms").path("p95").asDouble()).isEqualTo(20);
        assertThat(written.path("latency_ms").path("mean").asDouble()).isEqualTo(20);
        assertThat(written.path("started_at").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(written.path("ended_at").asText()).isEqualTo("2026-11-21T10:00:05Z");
        assertThat(written.path("fps").asDouble()).isEqualTo(2);
        assertThat(written.path("frames_processed").asInt()).isEqualTo(10);
        assertThat(written.path("detections_found").asInt()).isEqualTo(20);
        assertThat(written.path("latency_stats")).isEqualTo(written.path("latency_ms"));
        assertThat(written.path("end_time").asDouble())
                .isEqualTo(written.path("start_time").asDouble() + 5);
        assertThat(written.path("last_frame_time").asDouble())
                .isEqualTo(written.path("start_time").asDouble());
    }

    @Test
    void write_whereNothingCanBeWritten_harmsNothing() {
        new WorkerStatistics(InstantSource.fixed(Instant.EPOCH)).write(folder, 0);
        assertThat(folder).isEmptyDirectory();
    }

    private static String name(int frame) {
        return "drone-" + SESSION + "-%010d.json".formatted(frame);
    }

    private static List<String> names(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
