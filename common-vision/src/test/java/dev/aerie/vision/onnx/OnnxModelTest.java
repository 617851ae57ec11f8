package dev.aerie.vision.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxModelTest {

    /// `opset_import { domain: "" version: 17 }` of `ModelProto`.
    private static final byte[] OPSET_IMPORT = {0x42, 0x04, 0x0A, 0x00, 0x10, 17};

    @TempDir
    private Path folder;

    @Test
    void open_noModel_namesItFile() throws IOException {
        Path file = Files.writeString(folder.resolve("torn.onnx"), "not a model");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        OnnxModel.open(file, InferenceDevice.of(Device.CPU, 1)).close())
                .withMessageContaining("torn");
    }

    @Test
    void open_cutAnywhere_isRefused() throws IOException {
        byte[] whole = toy();
        for (int length = 0; length < whole.length; length += 97) {
            Path file = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
            assertThatExceptionOfType(ModelException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> OnnxModel.open(file, InferenceDevice.of(Device.CPU, 1))
                            .close())
                    .withMessageContaining("cut");
        }
    }

    @Test
    void open_opsetOfTheFuture_namesItAndWhatIsKnown() throws IOException {
        byte[] model = toy();
        int opset = endOf(model, OPSET_IMPORT) - 1;
        model[opset] = 99;
        Path file = Files.write(folder.resolve("future.onnx"), model);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        OnnxModel.open(file, InferenceDevice.of(Device.CPU, 1)).close())
                .withMessageContaining("future cannot be loaded by ONNX Runtime")
                .withMessageContaining("Opset 99");
    }

    @Test
    void open_missingFile_namesItFile() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> OnnxModel.open(folder.resolve("gone.onnx"), InferenceDevice.of(Device.CPU, 1))
                        .close())
                .withMessageContaining("gone.onnx");
    }

    @Test
    void open_auto_reportsItsChoiceAndCause() throws ModelException {
        try (var model = OnnxModel.open(yolox(), InferenceDevice.of(Device.AUTO, 1))) {
            assertThat(model.name()).isEqualTo("yolox_nano");
            assertThat(model.digest().hex()).startsWith("695e750a");
            assertThat(model.provider().device()).isIn(Device.CPU, Device.CUDA);
            assertThat(model.provider().reason()).startsWith("DEVICE=auto");
        }
    }

    @Test
    void open_cudaWhereThereIsNone_isRefusedWithTheWayOut() throws ModelException {
        Path file = yolox();
        try (var model = OnnxModel.open(file, InferenceDevice.of(Device.AUTO, 1))) {
            Assumptions.assumeTrue(model.provider().device() == Device.CPU, "skipped: this machine has CUDA");
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        OnnxModel.open(file, InferenceDevice.of(Device.CUDA, 1)).close())
                .withMessageContaining("DEVICE=cuda")
                .withMessageContaining("DEVICE=auto or cpu");
    }

    @Test
    void run_wrongShapeOrName_namesWhatIsWanted() throws ModelException {
        try (var model = OnnxModel.open(yolox(), InferenceDevice.of(Device.CPU, 1));
                var input = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1L, 3L, 416L, 416L));
                var small = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1L, 3L, 32L, 32L));
                var output = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1L, 3549L, 85L))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.runWithSampledCheck(Map.of("images", small), Map.of("output", output)))
                    .withMessageContaining("1×3×416×416")
                    .withMessageContaining("1×3×32×32");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.runWithSampledCheck(Map.of("image", input), Map.of("output", output)))
                    .withMessageContaining("[images]");
        }
    }

    @Test
    void accepts_openDimension_takesAnySize() {
        var open = new TensorShape(List.of(-1L, 3L));
        assertThat(open.accepts(TensorShape.of(7L, 3L))).isTrue();
        assertThat(open.accepts(TensorShape.of(7L, 4L))).isFalse();
        assertThat(open.accepts(TensorShape.of(7L))).isFalse();
        assertThat(open).hasToString("?×3");
    }

    private static byte[] toy() throws IOException {
        try (var in = requireNonNull(OnnxModelTest.class.getResourceAsStream("/dev/aerie/vision/detect/detr.onnx"))) {
            return in.readAllBytes();
        }
    }

    private static int endOf(byte[] bytes, byte[] sought) {
        for (int end = bytes.length; end >= sought.length; end--) {
            if (Arrays.equals(bytes, end - sought.length, end, sought, 0, sought.length)) {
                return end;
            }
        }
        throw new AssertionError("not there");
    }

    private static Path yolox() {
        return SharedData.require("models/yolox_nano.onnx");
    }
}
