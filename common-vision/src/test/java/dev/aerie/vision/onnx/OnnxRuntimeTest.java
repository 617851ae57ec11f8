package dev.aerie.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OnnxRuntimeTest {

    private static final String WORD = "/a/folder/of/libraries/library-1.2.3.jar:";

    /// ONNX Runtime's telemetry once ended such a process with a segmentation fault.
    @Test
    void environment_longCommandLine_starts() throws IOException, InterruptedException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlibraries=" + WORD.repeat(500),
                "-cp",
                System.getProperty("java.class.path"),
                OnnxRuntimeTest.class.getName());
        command.environment().remove("ORT_DISABLE_TELEMETRY");
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("started");
    }

    public static void main(String[] arguments) {
        System.out.println("started " + OnnxRuntime.environment());
    }
}
