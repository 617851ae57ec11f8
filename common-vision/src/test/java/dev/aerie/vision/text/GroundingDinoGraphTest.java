package dev.aerie.vision.text;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.settings.Device;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.models.WeightsLayout;
import dev.aerie.vision.models.WeightsLayout.TensorLocation;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The graph that comes with Aerie, run by ONNX Runtime in Java, against the definition in PyTorch
/// (`deploy/models/grounding_dino`): a small network of the same structure, with weights and a picture from a formula.
final class GroundingDinoGraphTest {

    private static final int ROWS = 64;
    private static final int COLUMNS = 96;
    private static final int QUERIES = 8;
    private static final long[] PIECES = {101, 500, 501, 1012, 600, 1012, 102};
    private static final float TOLERANCE = 5e-4F;
    private static final SeededWeights WEIGHTS = new SeededWeights(0);
    private static final InferenceDevice CPU = InferenceDevice.of(Device.CPU, 1);
    private static final Path TOKENIZER =
            Path.of("src", "test", "resources", "dev", "aerie", "vision", "text", "tiny_dino", "tokenizer.json");

    private final ModelGraphs graphs = ModelGraphs.find("tiny_grounding_dino").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void run_seededWeights_saysWhatPyTorchSays() throws Exception {
        WEIGHTS.write(graphs.layout(), folder);
        try (var model = OnnxModel.open(GroundingDino.graph(graphs, folder), CPU);
                var in = inputs();
                var out = model.runWithFullCheck(in.asMap(), Set.of("logits", "pred_boxes"), Set.of("logits"))) {
            FloatBuffer golden = golden();
            FloatBuffer logits = out.get("logits").floats();
            int columns = logits.remaining() / QUERIES;
            for (int query = 0; query < QUERIES; query++) {
                for (int piece = 0; piece < PIECES.length; piece++) {
                    assertThat(logits.get(query * columns + piece)).isCloseTo(golden.get(), within());
                }
            }
            FloatBuffer boxes = out.get("pred_boxes").floats();
            assertThat(boxes.remaining()).isEqualTo(golden.remaining()).isEqualTo(4 * QUERIES);
            while (boxes.hasRemaining()) {
                assertThat(boxes.get()).isCloseTo(golden.get(), within());
            }
        }
    }

    @Test
    void detect_graphOfOneSize_takesFramesOfAnyShape() throws Exception {
        WEIGHTS.write(graphs.layout(), folder);
        try (var dino = GroundingDino.open(GroundingDino.graph(graphs, folder), TOKENIZER, 0, 0, CPU)) {
            for (int height : new int[] {60, 300}) {
                var frame = TestFrame.black("s", 0, 100, height);
                assertThat(dino.detect(frame, "red car.")).isNotEmpty().allSatisfy(found -> {
                    assertThat(found.label()).containsAnyOf("red", "car");
                    assertThat(found.box().topPixels() + found.box().heightPixels())
                            .isLessThanOrEqualTo(height);
                });
            }
        }
    }

    @Test
    void openInstalled_weightsWithoutTheTokenizer_namesWhatIsMissing() throws Exception {
        var models = new ModelStore(folder, ModelManifest.load());
        assertThat(GroundingDino.openInstalled(models, 0.25, 0.2, CPU)).isEmpty();
        var layout = ModelGraphs.find(GroundingDino.NAME).orElseThrow().layout();
        try (var file = FileChannel.open(
                folder.resolve(layout.file()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // As long as the real one, and ended as it: a hole on the disk.
            file.write(ByteBuffer.wrap(layout.digest().hex().getBytes(StandardCharsets.US_ASCII)), layout.sizeBytes());
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> GroundingDino.openInstalled(models, 0.25, 0.2, CPU))
                .withMessageContaining(GroundingDino.INSTALLED_TOKENIZER);
    }

    private Tensors inputs() throws Exception {
        var pixels = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1, 3, ROWS, COLUMNS));
        FloatBuffer formula = formula();
        FloatBuffer into = pixels.floats();
        for (int at = 0; at < into.capacity(); at++) {
            into.put(at, at / COLUMNS % ROWS < ROWS * 3 / 4 ? formula.get(at) * 3 : 0);
        }
        var in = new Tensors().put("pixel_values", pixels);
        in.put("pixel_mask", new DinoImage(ROWS * 3 / 4, COLUMNS, ROWS, COLUMNS).mask());
        in.put("input_ids", row(PIECES));
        in.put("attention_mask", row(1, 1, 1, 1, 1, 1, 1));
        return in.put("token_type_ids", row(0, 0, 0, 0, 0, 0, 0));
    }

    /// A tensor of the formula that makes the weights.
    private FloatBuffer formula() throws Exception {
        var tensor = new TensorLocation("pixel_values", List.of(1L, 3L, (long) ROWS, (long) COLUMNS), 0);
        var file = WEIGHTS.write(new WeightsLayout("inputs", "inputs", tensor.sizeBytes(), List.of(tensor)), folder);
        return ByteBuffer.wrap(Files.readAllBytes(file), 0, (int) tensor.sizeBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    private static Tensor row(long... numbers) {
        var tensor = Tensor.allocate(ElementType.INT64, TensorShape.of(1, numbers.length));
        for (int i = 0; i < numbers.length; i++) {
            tensor.longs().put(i, numbers[i]);
        }
        return tensor;
    }

    private static FloatBuffer golden() throws Exception {
        try (var in = requireNonNull(GroundingDinoGraphTest.class.getResourceAsStream("tiny_grounding_dino.golden"))) {
            return ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        }
    }

    private static Offset<Float> within() {
        return Offset.offset(TOLERANCE);
    }
}
