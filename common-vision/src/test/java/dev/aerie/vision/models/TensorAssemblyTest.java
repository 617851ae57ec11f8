package dev.aerie.vision.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.digest.Sha256;
import dev.aerie.settings.Device;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NanoDet, put together from its structure and weights made from a formula, against what TensorFlow.js computes with
/// the same weights (`deploy/models/nanodet/reference.js`).
final class TensorAssemblyTest {

    private static final int SIDE = 416;
    private static final int CLASSES = 80;
    private static final int DISTANCES = 44;
    private static final int[] SHOWN_CLASSES = {0, 17, 79};
    private static final int[] SHOWN_DISTANCES = {0, 13, 43};
    private static final float STEP = 1f / 16384;

    @TempDir
    private Path folder;

    @Test
    void importFile_tensorsOfNanodet_computeWhatTensorFlowComputes() throws Exception {
        Path file = Files.write(folder.resolve("nanodet.bin"), weights());
        var model = new Model(
                "nanodet", "test", Model.Format.TENSORS, Files.size(file), Sha256.of(file), Optional.empty(), "MIT");
        var store = new ModelStore(folder.resolve("models"), new ModelManifest(List.of(model)));
        assertThat(store.installed(model)).isEmpty();
        store.importFile(file, DownloadProgress.SILENT);
        Path installed = store.installed(model).orElseThrow();
        assertThat(installed).hasFileName("nanodet.onnx");

        try (var network = OnnxModel.open(installed, InferenceDevice.of(Device.CPU, 1));
                var image = image();
                var outputs = network.runWithFullCheck(Map.of("images", image), Set.of("scores", "distances"))) {
            assertAlike(outputs.get("scores").floats(), outputs.get("distances").floats());
            try (var wide = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1, 3, 384, 640));
                    var found = network.runWithFullCheck(Map.of("images", wide), Set.of("scores", "distances"))) {
                int cells = 80 * 48 + 40 * 24 + 20 * 12;
                assertThat(found.get("scores").shape()).isEqualTo(TensorShape.of(1, cells, CLASSES));
                assertThat(found.get("distances").shape()).isEqualTo(TensorShape.of(1, cells, DISTANCES));
            }
        }
    }

    private static void assertAlike(FloatBuffer scores, FloatBuffer distances) throws IOException {
        for (String line : reference().lines().toList()) {
            String[] numbers = line.split(" ", -1);
            int cell = Integer.parseInt(numbers[0]);
            for (int i = 0; i < SHOWN_CLASSES.length; i++) {
                assertThat(scores.get(cell * CLASSES + SHOWN_CLASSES[i]))
                        .as("score %d of cell %d", SHOWN_CLASSES[i], cell)
                        .isCloseTo(Float.parseFloat(numbers[1 + i]), within(2e-6f));
                assertThat(distances.get(cell * DISTANCES + SHOWN_DISTANCES[i]))
                        .as("distance %d of cell %d", SHOWN_DISTANCES[i], cell)
                        .isCloseTo(Float.parseFloat(numbers[4 + i]), within(2e-6f));
            }
        }
    }

    private static String reference() throws IOException {
        try (InputStream in = requireNonNull(TensorAssemblyTest.class.getResourceAsStream("nanodet.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// As long as the publisher's file.
    private static byte[] weights() {
        Model nanodet = ModelManifest.load().find("nanodet").orElseThrow();
        var bytes = ByteBuffer.allocate(
                        Math.toIntExact(nanodet.files().getFirst().sizeBytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int place = 0; place < bytes.capacity() / Short.BYTES; place++) {
            bytes.putShort(Float.floatToFloat16(drawn(place) * STEP));
        }
        return bytes.array();
    }

    /// −1024…1023.
    private static int drawn(int place) {
        int h = place * 0x9E3779B1;
        h = (h ^ (h >>> 15)) * 0x85EBCA77;
        return ((h ^ (h >>> 13)) >>> 21) - 1024;
    }

    private static Tensor image() {
        var image = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1, 3, SIDE, SIDE));
        FloatBuffer values = image.floats();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * SIDE + x;
                values.put(at, (7 * x + 3 * y) & 255);
                values.put(SIDE * SIDE + at, ((x ^ y) + 5 * y) & 255);
                values.put(2 * SIDE * SIDE + at, ((x >> 5) + (y >> 5)) % 2 == 0 ? 40 : 215);
            }
        }
        return image;
    }
}
