package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResourceWatchTest {

    @Test
    void write_afterWatchingThisProcess_tellsOfItsMemory(@TempDir Path folder) throws Exception {
        var watch = new ResourceWatch(ProcessHandle.current().pid());
        watch.watch(Duration.ofMillis(10));

        watch.write(folder.resolve("report.json"), Instant.ofEpochSecond(1_763_719_200));

        var report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.path("max_rss_mb").asDouble()).isPositive().isEqualTo(watch.maxRssMb());
        assertThat(report.path("samples")).hasSize(1);
        assertThat(report.path("samples").get(0).path("second").asInt()).isEqualTo(1);
        assertThat(report.path("samples").get(0).path("rss_mb").asDouble()).isPositive();
        assertThat(report.path("timestamp").asDouble()).isEqualTo(1_763_719_200.0);
        assertThat(report.path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        var stats = report.path("stats");
        assertThat(stats.path("samples_collected").asInt()).isEqualTo(1);
        for (String key : List.of("mean", "median", "p95", "max", "min")) {
            assertThat(stats.path("memory_mb").path(key).asDouble()).as(key).isEqualTo(watch.maxRssMb());
            assertThat(stats.path("cpu_percent").has(key)).as(key).isTrue();
        }
        assertThat(stats.has("gpu_percent")).isTrue();
        assertThat(stats.has("gpu_memory_mb")).isTrue();
    }

    @Test
    void watch_processThatIsGone_throws() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        var watch = new ResourceWatch(gone.pid());

        assertThatThrownBy(() -> watch.watch(Duration.ofMillis(10))).isInstanceOf(IOException.class);
    }
}
