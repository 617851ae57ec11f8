package dev.aerie.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.digest.Sha256;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void list_modelNotInstalled_saysSoWithLicenceSizeSourceAndChecksum() {
        assertThat(desk(Optional.of("http://example.org/tiny")).list()).isZero();

        assertThat(text())
                .contains("tiny (not installed)", "licence  MIT", "size     0.0 MB", "source   http://example.org/tiny")
                .contains("sha256   " + Sha256.of(WEIGHTS));
    }

    @Test
    void importFile_rightFile_isInstalledFromThenOn() throws IOException {
        Path file = Files.write(folder.resolve("download.bin"), WEIGHTS);
        var command = desk(Optional.empty());

        assertThat(command.importFile(file)).isZero();

        assertThat(command.installed()).containsEntry("tiny", true);
    }

    @Test
    void importFile_otherFile_isRefusedInOneLine() throws IOException {
        Path file = Files.write(folder.resolve("download.bin"), new byte[] {1});
        var command = desk(Optional.empty());

        assertThat(command.importFile(file)).isEqualTo(1);

        assertThat(text().lines()).hasSize(1);
        assertThat(command.installed()).containsEntry("tiny", false);
    }

    @Test
    void get_publisherOffersIt_isInstalledAndNothingElseStays() throws IOException {
        try (var publisher = new Publisher(WEIGHTS)) {
            var command = desk(Optional.of(publisher.address()));

            assertThat(command.get("tiny")).isZero();
            assertThat(command.installed()).containsEntry("tiny", true);
            assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**.{download,part}");
            assertThat(text()).contains("fetching 100 %");
        }
    }

    @Test
    void get_publisherOffersAnotherKnownFile_isInstalledToo() throws IOException {
        byte[] other = "other weights".getBytes(StandardCharsets.US_ASCII);
        try (var publisher = new Publisher(other)) {
            var model = new Model(
                    "tiny",
                    "a test",
                    Model.Format.ONNX,
                    new Model.FileFacts(WEIGHTS.length, Sha256.of(WEIGHTS)),
                    List.of(new Model.FileFacts(other.length, Sha256.of(other))),
                    Optional.of(publisher.address()),
                    "MIT");

            assertThat(desk(model).get("tiny")).isZero();
            assertThat(desk(model).installed()).containsEntry("tiny", true);
        }
    }

    @Test
    void get_brokenOffEarlier_goesOnWhereItEnded() throws IOException {
        Files.createDirectories(folder.resolve("models"));
        Files.write(folder.resolve("models/tiny.download"), Arrays.copyOf(WEIGHTS, 3));
        try (var publisher = new Publisher(WEIGHTS)) {
            var command = desk(Optional.of(publisher.address()));

            assertThat(command.get("tiny")).isZero();
            assertThat(publisher.ranges()).containsExactly("bytes=3-");
            assertThat(command.installed()).containsEntry("tiny", true);
        }
    }

    @Test
    void get_connectionDropsHalfway_isTriedAgain() throws IOException {
        try (var publisher = new Publisher(WEIGHTS).droppingOnceAfter(4)) {
            var command = desk(Optional.of(publisher.address()));

            assertThat(command.get("tiny")).isZero();
            assertThat(publisher.ranges()).hasSize(2);
            assertThat(command.installed()).containsEntry("tiny", true);
        }
    }

    @Test
    void get_publisherSendsOtherBytes_isRefusedAndForgotten() throws IOException {
        try (var publisher = new Publisher("weightz".getBytes(StandardCharsets.US_ASCII))) {
            var command = desk(Optional.of(publisher.address()));

            assertThat(command.get("tiny")).isEqualTo(1);
            assertThat(text()).contains("SHA-256");
            assertThat(folder.resolve("models")).isEmptyDirectory();
        }
    }

    @Test
    void get_publisherSendsTooMuch_stopsThere() throws IOException {
        try (var publisher = new Publisher(new byte[1 << 20])) {
            assertThat(desk(Optional.of(publisher.address())).get("tiny")).isEqualTo(1);
            assertThat(text()).contains("longer than the 7 bytes");
        }
    }

    @Test
    void get_publisherHasItNoMore_saysWhatItAnswered() throws IOException {
        try (var publisher = new Publisher(WEIGHTS)) {
            assertThat(desk(Optional.of(publisher.address() + "/moved")).get("tiny"))
                    .isEqualTo(1);
            assertThat(text()).contains("answered 404");
        }
    }

    @Test
    void get_noSource_saysHowElse() {
        assertThat(desk(Optional.empty()).get("tiny")).isEqualTo(1);

        assertThat(text()).contains("models import FILE");
    }

    @Test
    void importFile_weightsOfARestrictedLicence_saysItFirst() throws IOException {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var command = new ModelsCommand(
                new ModelStore(folder.resolve("models"), ModelManifest.load()), stream, stream, false);
        Path file = Files.write(folder.resolve("model.safetensors"), WEIGHTS);

        assertThat(command.importFile(file, "slam3r_i2p")).isEqualTo(1);
        assertThat(text()).containsSubsequence("non-commercial use only", "is not installed");
        assertThat(command.get("slam3r_i2p")).isEqualTo(1);
        assertThat(text()).contains("./aerie models import FILE --as slam3r_i2p");
    }

    private ModelsCommand desk(Optional<String> source) {
        return desk(new Model("tiny", "a test", Model.Format.ONNX, WEIGHTS.length, Sha256.of(WEIGHTS), source, "MIT"));
    }

    private ModelsCommand desk(Model model) {
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new ModelsCommand(
                new ModelStore(folder.resolve("models"), new ModelManifest(List.of(model))), stream, stream, false);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
