package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Installation;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SegmentBenchTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void run_withoutWeightsAndWithoutPython_measuresEveryStageAndSaysWhatIsLeftOut() throws Exception {
        assertThat(bench(512)).isZero();

        assertThat(text()).contains("pytorch is not measured");
        JsonNode row = lastLine().path("rows").path(0);
        assertThat(row.path("engine").asText()).isEqualTo("aerie");
        assertThat(row.path("objects").asInt()).isEqualTo(1);
        assertThat(row.path("stages_ms").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "image_encoder", "memory_attention", "decoder_track", "memory_encoder", "tracker");
        assertThat(row.path("ms_per_frame").asDouble()).isPositive();
        assertThat(row.path("cpu_ms_per_frame").asDouble()).isPositive();
    }

    @Test
    void run_sizeWithoutGraphs_saysSo() {
        assertThat(bench(640)).isEqualTo(1);

        assertThat(text()).contains("no graphs of edgetam of size 640");
    }

    private int bench(int size) {
        var store = new ModelStore(folder, ModelManifest.load());
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        String noPython = folder.resolve("no-python").toString();
        var environment = Map.of("AERIE_PYTHON", noPython, "DEVICE", "cpu");
        String options = "--model edgetam --size " + size + " --objects 1 --threads 1 --repeats 1 --json";
        return new CommandLine(new SegmentBench(new Installation(folder), store, environment, out))
                .execute(options.split(" ", -1));
    }

    private JsonNode lastLine() throws IOException {
        return new ObjectMapper().readTree(text().lines().toList().getLast());
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
