package dev.aerie.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameLibrariesTest {

    @TempDir
    Path noModels;

    @Test
    void needed_noModelInstalled_isWithoutNetworks() {
        var libraries = FrameLibraries.needed(Map.of("MODELS_DIR", noModels.toString()));

        assertThat(libraries.names())
                .contains("FFmpeg avformat", "OpenBLAS", "OpenCV core", "OpenCV calib3d", "OpenCV video")
                .doesNotContain("FFmpeg avdevice", "ONNX Runtime", "DJL tokenizers");
        assertThat(libraries.load()).isEmpty();
    }

    @Test
    void needed_textModel_isWithNetworksAndTokenizers() {
        var libraries =
                FrameLibraries.needed(Map.of("MODELS_DIR", noModels.toString(), "TEXT_MODEL_DIR", "/models/dino"));

        assertThat(libraries.names()).contains("ONNX Runtime", "DJL tokenizers");
        assertThat(libraries.load()).isEmpty();
    }
}
