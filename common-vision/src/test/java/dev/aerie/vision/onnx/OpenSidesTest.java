package dev.aerie.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class OpenSidesTest {

    private static final InferenceDevice ONE_CORE = InferenceDevice.of(Device.CPU, 1);

    @Test
    void of_noModel_isRefused() {
        var text = Graph.of("letter", "this is a letter".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(text::withOpenSides)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("letter: the file is no ONNX model");
    }

    @Test
    void of_convolutionalModel_keepsItsResultAndTakesOtherSizes() throws ModelException {
        Path file = SharedData.require("models/nanotrack/nanotrack_backbone.onnx");
        try (var fixed = OnnxModel.open(file, ONE_CORE);
                var open = OnnxModel.open(Graph.read(file).withOpenSides(), ONE_CORE);
                var image = noise(255);
                var small = noise(127)) {
            assertThat(fixed.inputs().get("input").shape()).isEqualTo(TensorShape.of(1, 3, 255, 255));
            assertThat(open.inputs().get("input").shape()).isEqualTo(TensorShape.of(1, 3, -1, -1));
            assertThat(run(open, image)).usingComparatorWithPrecision(1e-4f).containsExactly(run(fixed, image));
            assertThat(run(open, small)).hasSize(96 * 8 * 8);
        }
    }

    private static Tensor noise(int side) {
        var tensor = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1, 3, side, side));
        var random = new Random(3);
        var values = tensor.floats();
        while (values.hasRemaining()) {
            values.put(random.nextInt(256));
        }
        return tensor;
    }

    private static float[] run(OnnxModel model, Tensor image) throws ModelException {
        try (var results =
                model.runWithFullCheck(Map.of("input", image), model.outputs().keySet())) {
            var floats = results.get("output").floats();
            var values = new float[floats.remaining()];
            floats.get(values);
            return values;
        }
    }
}
