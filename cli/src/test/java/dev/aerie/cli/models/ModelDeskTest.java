package dev.aerie.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDeskTest {

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
        var desk = desk(Optional.empty());

        assertThat(desk.importFile(file)).isZero();

        assertThat(desk.installed()).containsEntry("tiny", true);
    }

    @Test
    void importFile_otherFile_isRefusedInOneLine() throws IOException {
        Path file = Files.write(folder.resolve("download.bin"), new byte[] {1});
        var desk = desk(Optional.empty());

        assertThat(desk.importFile(file)).isEqualTo(1);

        assertThat(text().lines()).hasSize(1);
        assertThat(desk.installed()).containsEntry("tiny", false);
    }

    @Test
    void get_publisherOffersIt_isInstalled() throws IOException {
        var publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.createContext("/tiny", exchange -> {
            exchange.sendResponseHeaders(200, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS);
            exchange.close();
        });
        publisher.start();
        try {
            var desk = desk(
                    Optional.of("http://127.0.0.1:" + publisher.getAddress().getPort() + "/tiny"));

            assertThat(desk.get("tiny")).isZero();
            assertThat(desk.installed()).containsEntry("tiny", true);
        } finally {
            publisher.stop(0);
        }
    }

    @Test
    void get_noSource_saysHowElse() {
        assertThat(desk(Optional.empty()).get("tiny")).isEqualTo(1);

        assertThat(text()).contains("models import FILE");
    }

    private ModelDesk desk(Optional<String> source) {
        var model = new Model("tiny", "a test", WEIGHTS.length, Sha256.of(WEIGHTS), source, "MIT");
        var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new ModelDesk(
                new ModelStore(folder.resolve("models"), new ModelManifest(List.of(model))), stream, stream);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
