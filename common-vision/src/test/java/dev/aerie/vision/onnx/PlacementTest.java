package dev.aerie.vision.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.settings.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an operator is told of where and how a model runs.
final class PlacementTest {

    @TempDir
    private Path folder;

    @Test
    void read_profile_countsByProviderAndNamesWhatTheProcessorDoes() throws IOException {
        Path profile = Files.writeString(folder.resolve("run.json"), """
                [{"cat": "Session", "name": "model_run", "args": {}},
                 {"cat": "Node", "name": "a_kernel_time", "args": {"op_name": "Conv", "provider": "CUDAExecutionProvider"}},
                 {"cat": "Node", "name": "b_kernel_time", "args": {"op_name": "Conv", "provider": "CUDAExecutionProvider"}},
                 {"cat": "Node", "name": "c_kernel_time", "args": {"op_name": "Shape", "provider": "CPUExecutionProvider"}}]
                """);
        Placement placement = Placement.read(profile);
        assertThat(placement).hasToString("CPUExecutionProvider=1,CUDAExecutionProvider=2");
        assertThat(placement.countOnCpu()).isEqualTo(1);
        assertThat(placement.onCpu()).containsExactly("Shape");
    }

    @Test
    void run_profiled_reportsItsPlacement() throws ModelException {
        try (var model = OnnxModel.openProfiled(toy(), InferenceDevice.of(Device.CPU, 1));
                var in = inputs(model)) {
            assertThat(model.placement()).isEmpty();
            model.runWithFullCheck(in.asMap(), model.outputs().keySet()).close();
            model.runWithFullCheck(in.asMap(), model.outputs().keySet()).close();
            Placement placement = model.placement().orElseThrow();
            assertThat(placement.operations()).containsOnlyKeys("CPUExecutionProvider");
            assertThat(placement.countOnCpu()).isPositive();
            assertThat(model.statistics().onCpu())
                    .as("nothing else was asked for")
                    .isZero();
        }
    }

    @Test
    void statistics_runsAndRefusals_areCounted() throws ModelException {
        try (var model = OnnxModel.open(toy(), InferenceDevice.of(Device.CPU, 1));
                var in = inputs(model)) {
            model.runWithFullCheck(in.asMap(), model.outputs().keySet()).close();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.runWithFullCheck(
                                    Map.of(), model.outputs().keySet())
                            .close());
            ModelStatistics statistics = model.statistics();
            assertThat(statistics.runs()).isEqualTo(1);
            assertThat(statistics.refused()).isEqualTo(1);
            assertThat(statistics.failed()).isZero();
            assertThat(statistics.runNanos()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Device.class,
            names = {"TENSORRT", "COREML"})
    void open_deviceThatThisBuildLacks_isRefusedWithTheWayOut(Device device) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        OnnxModel.open(toy(), InferenceDevice.of(device, 1)).close())
                .withMessageContaining("DEVICE=" + device)
                .withMessageContaining("DEVICE=auto or cpu");
    }

    @Test
    void parse_unknownDevice_namesWhatThereIs() {
        assertThat(Device.parse("tensorrt")).isEqualTo(Device.TENSORRT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Device.parse("tpu"))
                .withMessageContaining("auto, cpu, cuda, tensorrt, coreml");
    }

    private static Graph toy() {
        try (var in = requireNonNull(PlacementTest.class.getResourceAsStream("/dev/aerie/vision/detect/yolo.onnx"))) {
            return Graph.of("toy", in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tensors inputs(OnnxModel model) {
        var inputs = new Tensors();
        model.inputs().forEach((name, spec) -> inputs.put(name, Tensor.allocate(spec.type(), closed(spec.shape()))));
        return inputs;
    }

    private static TensorShape closed(TensorShape shape) {
        return new TensorShape(
                shape.dimensions().stream().map(side -> Math.max(1, side)).toList());
    }
}
