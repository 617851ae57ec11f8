package dev.aerie.vision.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {

    private static final byte[] WEIGHTS = "weights".getBytes(UTF_8);
    private static final Model TINY = new Model(
            "tiny", "test", Model.Format.ONNX, WEIGHTS.length, Sha256.of(WEIGHTS), Optional.empty(), "Apache-2.0");

    @TempDir
    private Path folder;

    private ModelStore store;

    @BeforeEach
    void open() {
        store = new ModelStore(folder.resolve("models"), new ModelManifest(List.of(TINY)));
    }

    @Test
    void load_detector_isKnownByTheFilesOfOthersToo() {
        var detector = ModelManifest.load().find("yolox_nano").orElseThrow();

        var exportedElsewhere = new Sha256("695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14");
        assertThat(ModelManifest.load().find(exportedElsewhere)).hasValue(detector);
        assertThat(ModelManifest.load().find(detector.files().getFirst().sha256()))
                .hasValue(detector);
    }

    @Test
    void importFile_knownUnderAnotherDigest_isInstalled() throws Exception {
        byte[] other = "other weights".getBytes(UTF_8);
        var model = new Model(
                "tiny",
                "test",
                Model.Format.ONNX,
                TINY.files().getFirst(),
                List.of(new Model.FileFacts(other.length, Sha256.of(other))),
                Optional.empty(),
                "Apache-2.0");
        var known = new ModelStore(folder.resolve("models"), new ModelManifest(List.of(model)));

        known.importFile(Files.write(folder.resolve("other.bin"), other), DownloadProgress.SILENT);

        assertThat(known.installed(model)).isPresent();
        assertThat(store.installed(TINY)).as("where only one file is known").isEmpty();
    }

    @Test
    void importFile_known_isInstalledUnderItsNameWhateverTheFilesName() throws Exception {
        Path file = Files.write(folder.resolve("download (1).bin"), WEIGHTS);
        assertThat(store.installed(TINY)).isEmpty();
        assertThat(store.importFile(file, DownloadProgress.SILENT)).isEqualTo(TINY);
        assertThat(store.installed(TINY)).hasValue(folder.resolve("models/tiny.onnx"));
        assertThat(store.importFile(file, DownloadProgress.SILENT))
                .as("a second time")
                .isEqualTo(TINY);
    }

    @Test
    void importFile_oneByteWrong_isRefusedWithBothDigestsAndLeavesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("tiny.onnx"), "weightz");
        assertThatExceptionOfType(ModelImportException.class)
                .isThrownBy(() -> store.importFile(file, DownloadProgress.SILENT))
                .withMessageContaining(TINY.files().getFirst().sha256().hex())
                .withMessageContaining(Sha256.of("weightz".getBytes(UTF_8)).hex());
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void importFile_aCheckpointOfSam20_namesItsSuccessor() throws IOException {
        Path file = Files.writeString(folder.resolve("sam2_hiera_small.pt"), "weights of 2.0");
        assertThatExceptionOfType(ModelImportException.class)
                .isThrownBy(() -> store.importFile(file, DownloadProgress.SILENT))
                .withMessageContaining("SAM 2.0")
                .withMessageContaining("./aerie models get sam2.1_small");
    }

    @Test
    void importFile_missing_isReported() {
        assertThatExceptionOfType(ModelImportException.class)
                .isThrownBy(() -> store.importFile(folder.resolve("nowhere.onnx"), DownloadProgress.SILENT))
                .withMessageContaining("nowhere.onnx")
                .withMessageContaining("no such file");
    }

    @Test
    void installed_cutShort_doesNotCount() throws IOException {
        Files.createDirectories(store.directory());
        Files.writeString(store.directory().resolve("tiny.onnx"), "wei");
        assertThat(store.installed(TINY)).isEmpty();
    }

    @Test
    void load_theManifest_knowsTheDetector() {
        assertThat(ModelManifest.load().find("yolox_nano")).hasValueSatisfying(model -> {
            assertThat(model.licence()).isEqualTo("Apache-2.0");
            assertThat(model.source())
                    .hasValue(
                            "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_nano.onnx");
        });
    }

    @Test
    void directory_fromEnvironment_orHome() {
        Path home = Path.of("/home/pilot");
        assertThat(ModelStore.directory(Map.of(), home)).isEqualTo(home.resolve(".aerie/models"));
        assertThat(ModelStore.directory(Map.of("MODELS_DIR", "~/m"), home)).isEqualTo(home.resolve("m"));
        assertThat(ModelStore.directory(Map.of("MODELS_DIR", "/m"), home)).isEqualTo(Path.of("/m"));
    }
}
