package dev.aerie.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.settings.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a GPU is told, without one.
final class GpuOptionsTest {

    private static final InferenceDevice HALF =
            InferenceDevice.of(Device.TENSORRT, 0, 4096).memoryFraction(0.5);

    @Test
    void cuda_shareOfTheProcess_limitsTheArenaAndLetsItGrowByNeed() {
        assertThat(GpuOptions.cuda(HALF))
                .isEqualTo(Map.of("gpu_mem_limit", "2147483648", "arena_extend_strategy", "kSameAsRequested"));
    }

    @Test
    void tensorrt_withoutAFolder_limitsTheWorkspaceAndKeepsNoEngines() throws IOException {
        assertThat(GpuOptions.tensorrt(HALF))
                .isEqualTo(Map.of("trt_fp16_enable", "1", "trt_max_workspace_size", "2147483648"));
    }

    @Test
    void tensorrt_withAFolder_makesItAndKeepsEnginesApart(@TempDir Path models) throws IOException {
        InferenceDevice kept = HALF.withEnginesIn(models.resolve("engines")).withEngineFolder("edgetam-7");
        Path own = models.resolve("engines/edgetam-7/0918cca5");
        assertThat(GpuOptions.tensorrt(kept.withEngineFolder("0918cca5")))
                .containsEntry("trt_engine_cache_enable", "1")
                .containsEntry("trt_engine_cache_path", own.toString())
                .containsEntry("trt_timing_cache_enable", "1")
                .containsEntry("trt_timing_cache_path", own.toString());
        assertThat(own).isEmptyDirectory();
        assertThat(GpuOptions.tensorrt(kept.withEngineFolder("5b3ee4bb")))
                .containsEntry(
                        "trt_engine_cache_path", own.resolveSibling("5b3ee4bb").toString());
    }

    @Test
    void tensorrt_folderThatCannotBeMade_isRefused(@TempDir Path models) throws IOException {
        Files.writeString(models.resolve("engines"), "a file");
        InferenceDevice kept = HALF.withEnginesIn(models.resolve("engines")).withEngineFolder("edgetam-7");
        assertThatIOException().isThrownBy(() -> GpuOptions.tensorrt(kept)).withMessageContaining("engines");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void share_thatIsNone_isRefused(double part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HALF.memoryFraction(part))
                .withMessageContaining("above 0 and at most 1");
    }

    @Test
    void parse_answerOfTheDriver_takesTheFirstGpu() {
        assertThat(Gpu.parse("37, 1024\n5, 11\n")).contains(new Gpu(37, 1024));
        assertThat(Gpu.parse("NVIDIA-SMI has failed\n")).isEmpty();
        assertThat(Gpu.parse("")).isEmpty();
    }
}
