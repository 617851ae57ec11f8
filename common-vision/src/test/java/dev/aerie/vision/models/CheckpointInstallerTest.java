package dev.aerie.vision.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.vision.checkpoint.CheckpointException;
import dev.aerie.vision.checkpoint.PtWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointInstallerTest {

    private static final WeightsLayout LAYOUT = new WeightsLayout(
            "toy",
            "toy.weights",
            8192,
            List.of(
                    new WeightsLayout.TensorLocation("a.weight", List.of(2L, 2L), 0),
                    new WeightsLayout.TensorLocation("b.bias", List.of(3L), 4096)));

    @TempDir
    private Path folder;

    @Test
    void install_theModelsOwn_writesEachTensorAtItsPlace() throws Exception {
        Path file = new PtWriter()
                .floats("b.bias", List.of(3L), 5, 6, 7)
                .floats("a.weight", List.of(2L, 2L), 1, 2, 3, 4)
                .floats("of.no.use", List.of(1L), 9)
                .write(folder.resolve("toy.pt"));
        var told = new ArrayList<Long>();
        Path weights = new CheckpointInstaller(LAYOUT).install(file, folder, told::add);
        assertThat(weights).hasFileName("toy.weights");
        assertThat(WeightsFile.isComplete(weights, LAYOUT)).isTrue();
        var bytes = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(List.of(bytes.getFloat(0), bytes.getFloat(12), bytes.getFloat(4096), bytes.getFloat(4104)))
                .containsExactly(1f, 4f, 5f, 7f);
        assertThat(told).containsExactly(16L, 4108L);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void install_anotherModelsTensors_namesWhatDiffersAndLeavesNothing() throws IOException {
        Path file = new PtWriter().floats("a.weight", List.of(4L), 1, 2, 3, 4).write(folder.resolve("toy.pt"));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> new CheckpointInstaller(LAYOUT).install(file, folder, _ -> {}))
                .withMessageContaining("not the weights of toy")
                .withMessageContaining("a.weight is [4], expected [2, 2]")
                .withMessageContaining("no b.bias");
        assertThat(folder).isDirectoryNotContaining("glob:**.{part,weights}");
    }

    @Test
    void install_aCheckpointOfSam20_isRefusedWithTheNameOfItsSuccessor() throws IOException {
        var layout = new WeightsLayout(
                "sam2.1_tiny",
                "tiny.weights",
                8192,
                List.of(
                        new WeightsLayout.TensorLocation("a.weight", List.of(2L), 0),
                        new WeightsLayout.TensorLocation("no_obj_embed_spatial", List.of(1L), 512),
                        new WeightsLayout.TensorLocation("obj_ptr_tpos_proj.weight", List.of(1L), 1024),
                        new WeightsLayout.TensorLocation("obj_ptr_tpos_proj.bias", List.of(1L), 2048)));
        Path file = new PtWriter().floats("a.weight", List.of(2L), 1, 2).write(folder.resolve("mine.pt"));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> new CheckpointInstaller(layout).install(file, folder, _ -> {}))
                .withMessageContaining("SAM 2.0")
                .withMessageContaining("./aerie models get sam2.1_tiny");
    }

    @Test
    void refusal_ofTensorsThatSam21Added_namesTensorsOfItsModels() {
        for (String model : List.of("sam2.1_tiny", "sam2.1_small", "sam2.1_base_plus", "sam2.1_large")) {
            var names = ModelGraphs.find(model).orElseThrow().layout().tensors().stream()
                    .map(WeightsLayout.TensorLocation::name)
                    .filter(name -> name.equals("no_obj_embed_spatial") || name.startsWith("obj_ptr_tpos_proj."))
                    .collect(Collectors.toSet());
            assertThat(Sam20.refusal(model, names)).as(model).isPresent();
        }
    }

    @Test
    void isComplete_shortOrOfAnotherLayout_isNot() throws Exception {
        Path file = new PtWriter()
                .floats("a.weight", List.of(2L, 2L), 1, 2, 3, 4)
                .floats("b.bias", List.of(3L), 5, 6, 7)
                .write(folder.resolve("toy.pt"));
        Path weights = new CheckpointInstaller(LAYOUT).install(file, folder, _ -> {});
        var swapped =
                new WeightsLayout("toy", "toy.weights", 8192, LAYOUT.tensors().reversed());
        assertThat(WeightsFile.isComplete(weights, swapped)).isFalse();
        Files.write(weights, new byte[100]);
        assertThat(WeightsFile.isComplete(weights, LAYOUT)).isFalse();
        assertThat(WeightsFile.isComplete(folder.resolve("gone"), LAYOUT)).isFalse();
    }
}
