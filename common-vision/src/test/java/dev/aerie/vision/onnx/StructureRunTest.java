package dev.aerie.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.digest.Sha256;
import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.models.WeightsFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// EdgeTAM's graphs on weights by formula, against the same graphs on the same weights in Python.
final class StructureRunTest {

    private static final ModelGraphs EDGETAM = ModelGraphs.find("edgetam").orElseThrow();

    @TempDir
    private static Path folder;

    private static Path weights;

    @BeforeAll
    static void write() throws IOException {
        weights = new SeededWeights(1).write(EDGETAM.layout(), folder);
    }

    @Test
    void write_seededWeights_areThePythonsToTheBit() throws IOException {
        byte[] tensors = Arrays.copyOf(
                Files.readAllBytes(weights), (int) EDGETAM.layout().sizeBytes());
        assertThat(Sha256.of(tensors)).hasToString("25c75f2c8e005a2bf93e17789b3899d422787d693cb9b9b1f9c9fa4049a12215");
        assertThat(WeightsFile.isComplete(weights, EDGETAM.layout())).isTrue();
    }

    @Test
    void run_outputKeptOnTheDevice_isTheSameAndIsReleasedOnce() throws ModelException {
        long before = NativeHandle.countOpen();
        try (var attention = open("memory_attention");
                var feat = ramp(1, 256, 32, 32);
                var mem = ramp(2, 1, 512, 64);
                var position = Tensor.ofLongs(TensorShape.of(2L, 1L), 6, 6);
                var ptr = ramp(2, 1, 256);
                var device = new DeviceMemory()) {
            var in = Map.of("feat", feat, "mem", mem, "mem_tpos", position, "ptr", ptr);
            assertThat(attention.keepsTensors()).isTrue();
            var two = TensorShape.of(2L, 256L, 32L, 32L);
            for (int run = 0; run < 2; run++) {
                attention.runWithSampledCheck(in, Map.of("pix_feat", device.tensor(ElementType.FLOAT32, two)));
                assertThat(NativeHandle.countOpen()).isEqualTo(before + 1);
            }
            try (var plain = attention.runWithFullCheck(in, Set.of("pix_feat"))) {
                assertThat(device.floats(new TensorSpec(ElementType.FLOAT32, two)))
                        .isEqualTo(plain.get("pix_feat").floats());
            }
            var one = device.tensor(ElementType.FLOAT32, TensorShape.of(1L, 256L, 32L, 32L));
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> attention.runWithSampledCheck(in, Map.of("pix_feat", one)))
                    .withMessageContaining("524288 numbers, not 1×256×32×32");
            assertThat(NativeHandle.countOpen()).isEqualTo(before + 1);
        }
        assertThat(NativeHandle.countOpen()).isEqualTo(before);
    }

    @Test
    void run_deviceThatHoldsNothing_isAnError() throws ModelException {
        try (var attention = open("memory_attention");
                var mem = ramp(2, 1, 512, 64);
                var position = Tensor.ofLongs(TensorShape.of(2L, 1L), 6, 6);
                var ptr = ramp(2, 1, 256);
                var device = new DeviceMemory();
                var out = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(2L, 256L, 32L, 32L))) {
            var feat = device.tensor(ElementType.FLOAT32, TensorShape.of(1L, 256L, 32L, 32L));
            var in = Map.of("feat", feat, "mem", mem, "mem_tpos", position, "ptr", ptr);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> attention.runWithSampledCheck(in, Map.of("pix_feat", out)))
                    .withMessageContaining("the device holds null");
        }
    }

    @Test
    void run_weightsInAnotherFile_givesWhatPythonGets() throws ModelException {
        try (var attention = open("memory_attention");
                var feat = ramp(1, 256, 32, 32);
                var mem = ramp(2, 1, 512, 64);
                var position = Tensor.ofLongs(TensorShape.of(2L, 1L), 6, 6);
                var ptr = ramp(2, 1, 256);
                var seen = attention.runWithFullCheck(
                        Map.of("feat", feat, "mem", mem, "mem_tpos", position, "ptr", ptr), Set.of("pix_feat"))) {
            Tensor out = seen.get("pix_feat");
            FloatBuffer values = out.floats();
            assertThat(out.shape()).hasToString("2×256×32×32");
            assertThat(values.get(0)).isCloseTo(-0.15666732f, within(1e-4f));
            assertThat(values.get(2)).isCloseTo(-0.6507399f, within(1e-4f));
            assertThat(values.get(values.limit() - 1)).isCloseTo(1.4458418f, within(1e-4f));
        }
    }

    @Test
    void lightGraph_matricesInEightBits_givesNearlyTheSame() throws ModelException {
        byte[] light = EDGETAM.lightGraph(512, "memory_attention");
        try (var exact = open("memory_attention");
                var rough =
                        OnnxModel.open(Graph.withWeightsIn(folder, "light", light), InferenceDevice.of(Device.CPU, 1));
                var in = new Tensors()
                        .put("feat", ramp(1, 256, 32, 32))
                        .put("mem", ramp(2, 1, 512, 64))
                        .put("mem_tpos", Tensor.ofLongs(TensorShape.of(2L, 1L), 6, 6))
                        .put("ptr", ramp(2, 1, 256));
                var expected = exact.runWithFullCheck(in.asMap(), Set.of("pix_feat"));
                var found = rough.runWithFullCheck(in.asMap(), Set.of("pix_feat"))) {
            double difference = meanDifference(
                    expected.get("pix_feat").floats(), found.get("pix_feat").floats());
            assertThat(difference).as("of numbers that lie about 0 by 1").isBetween(1e-4, 0.1);
        }
        assertThat(EDGETAM.lightGraph(512, "mask_downsample")).isEqualTo(EDGETAM.graph(512, "mask_downsample"));
    }

    @Test
    void run_wrongType_namesWhatIsWanted() throws ModelException {
        try (var attention = open("memory_attention");
                var feat = ramp(1, 256, 32, 32);
                var mem = ramp(1, 1, 512, 64);
                var ptr = ramp(1, 1, 256)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> attention.runWithFullCheck(
                            Map.of("feat", feat, "mem", mem, "mem_tpos", ptr, "ptr", ptr), Set.of("pix_feat")))
                    .withMessageContaining("int64 ?×?");
        }
    }

    @Test
    void open_weightsMissing_isRefused() {
        var graph = Graph.withWeightsIn(folder.resolve("nowhere"), "edgetam", EDGETAM.graph(512, "mask_downsample"));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        OnnxModel.open(graph, InferenceDevice.of(Device.CPU, 1)).close());
    }

    private static OnnxModel open(String graph) throws ModelException {
        return OnnxModel.open(
                Graph.withWeightsIn(folder, graph, EDGETAM.graph(512, graph)), InferenceDevice.of(Device.CPU, 1));
    }

    private static double meanDifference(FloatBuffer some, FloatBuffer others) {
        double sum = 0;
        for (int i = 0; i < some.limit(); i++) {
            sum += Math.abs(some.get(i) - others.get(i));
        }
        return sum / some.limit();
    }

    /// -0.3 … 0.3 in steps of 0.1, over and over.
    private static Tensor ramp(long... shape) {
        var dimensions = Arrays.stream(shape).boxed().toArray(Long[]::new);
        Tensor tensor = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(dimensions));
        FloatBuffer values = tensor.floats();
        for (int i = 0; i < values.limit(); i++) {
            values.put(i, (i % 7 - 3) * 0.1f);
        }
        return tensor;
    }
}
