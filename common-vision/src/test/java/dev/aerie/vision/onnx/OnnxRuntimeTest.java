package dev.aerie.vision.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.settings.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OnnxRuntimeTest {

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final String WORD = "/a/folder/of/libraries/library-1.2.3.jar:";

    /// ONNX Runtime's telemetry once ended such a process with a segmentation fault.
    @Test
    void environment_longCommandLine_startsWithThreadsForAllModels() throws IOException, InterruptedException {
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
        if (Files.isDirectory(THREADS)) {
            assertThat(said).contains("three models of four +0", "one model of three +2");
        }
    }

    public static void main(String[] arguments) throws IOException, ModelException {
        System.out.println("started " + OnnxRuntime.environment(4));
        long before = countUnnamedThreads();
        try (var _ = open(4);
                var _ = open(4);
                var _ = open(4)) {
            System.out.println("three models of four +" + (countUnnamedThreads() - before));
            try (var _ = open(3)) {
                System.out.println("one model of three +" + (countUnnamedThreads() - before));
            }
        }
    }

    private static OnnxModel open(int threads) throws IOException, ModelException {
        try (var in = requireNonNull(OnnxRuntimeTest.class.getResourceAsStream("/dev/aerie/vision/detect/detr.onnx"))) {
            return OnnxModel.open(Graph.of("detr", in.readAllBytes()), InferenceDevice.of(Device.CPU, threads));
        }
    }

    /// Java names its own threads, ONNX Runtime's have the name of the one that starts them: here of the main thread.
    private static long countUnnamedThreads() throws IOException {
        if (!Files.isDirectory(THREADS)) {
            return 0;
        }
        try (var threads = Files.list(THREADS)) {
            return threads.filter(OnnxRuntimeTest::isUnnamed).count();
        }
    }

    private static boolean isUnnamed(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            return name.equals("java") || name.equals("main");
        } catch (IOException _) {
            return false;
        }
    }
}
