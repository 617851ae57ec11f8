package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.host.Installation;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.sam2.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentBenchTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void run_withoutWeightsAndWithoutPython_measuresEveryStageAndSaysWhatIsLeftOut() throws Exception {
        assertThat(bench(options("edgetam", 512))).isZero();

        assertThat(text()).contains("pytorch is not measured");
        JsonNode row = lastLine().path("rows").path(0);
        assertThat(row.path("engine").asText()).isEqualTo("aerie");
        assertThat(row.path("objects").asInt()).isEqualTo(1);
        assertThat(row.path("stages_ms").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("image_encoder", "memory_attention", "decoder_track", "memory_encoder");
        assertThat(row.path("ms_per_frame").asDouble()).isPositive();
        assertThat(row.path("cpu_ms_per_frame").asDouble()).isPositive();
    }

    @Test
    void run_sizeWithoutGraphs_saysSo() throws InterruptedException {
        assertThat(bench(options("edgetam", 640))).isEqualTo(1);

        assertThat(text()).contains("no graphs of edgetam of size 640");
    }

    private int bench(SegmentOptions options) throws InterruptedException {
        var store = new ModelStore(folder, ModelManifest.load());
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new SegmentBench(
                        new Installation(folder),
                        store,
                        folder.resolve("no-python").toString(),
                        out)
                .run(options, true);
    }

    private static SegmentOptions options(String model, int size) {
        return new SegmentOptions(model, size, List.of(1), List.of(Precision.FP32), 1, Device.CPU, Duration.ZERO);
    }

    private JsonNode lastLine() throws IOException {
        return new ObjectMapper().readTree(text().lines().toList().getLast());
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
