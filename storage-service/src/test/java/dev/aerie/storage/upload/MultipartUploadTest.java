package dev.aerie.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file of three parts and a half, and a store that checks every signature and every checksum.
final class MultipartUploadTest {

    private static final int PART_BYTES = 1000;
    private static final String OBJECT = "drone/01K9JXW7Z3T4V5W6X7Y8Z9ABCD/000000000042.mp4";

    @TempDir
    Path folder;

    private final List<String> begun = new ArrayList<>();
    private StandInStore store;
    private Bucket bucket;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        store = new StandInStore();
        bucket = new Bucket(store.address());
        byte[] bytes = new byte[3 * PART_BYTES + PART_BYTES / 2];
        new Random(1).nextBytes(bytes);
        file = Files.write(folder.resolve("segment.mp4"), bytes);
    }

    @AfterEach
    void close() {
        bucket.close();
        store.close();
    }

    @Test
    void bring_file_arrivesWholeWithItsChecksum() throws IOException {
        bring("");

        assertThat(store.object(OBJECT)).isEqualTo(Files.readAllBytes(file));
        assertThat(store.sha256Of(OBJECT)).isEqualTo(Sha256.of(file).hex());
        assertThat(store.requests())
                .containsExactly(
                        "HEAD",
                        "POST begin",
                        "PUT part 1",
                        "PUT part 2",
                        "PUT part 3",
                        "PUT part 4",
                        "POST complete",
                        "HEAD");
    }

    @Test
    void bring_whatIsThereAlready_sendsNothing() throws IOException {
        bring("");
        int before = store.requests().size();
        bring("");
        assertThat(store.requests().subList(before, store.requests().size())).containsExactly("HEAD");
    }

    @Test
    void bring_brokenOff_goesOnWithThePartsThatAreMissing() throws IOException {
        store.refuse("PUT part 4"::equals);
        assertThatIOException().isThrownBy(() -> bring("")).withMessageContaining("SlowDown");
        store.refuse(_ -> false);
        int before = store.requests().size();
        bring(begun.getFirst());

        assertThat(store.requests().subList(before, store.requests().size()))
                .containsExactly("HEAD", "GET parts", "GET parts", "PUT part 4", "POST complete", "HEAD");
        assertThat(store.object(OBJECT)).isEqualTo(Files.readAllBytes(file));
        assertThat(begun).hasSize(1);
    }

    @Test
    void bring_uploadThatTheStoreHasForgotten_beginsAnew() throws IOException {
        bring("upload-of-last-year");
        assertThat(store.object(OBJECT)).isEqualTo(Files.readAllBytes(file));
        assertThat(begun).hasSize(1);
    }

    @Test
    void bring_whatArrivesIsSomethingElse_fails() {
        store.damage();
        assertThatIOException().isThrownBy(() -> bring("")).withMessage("the uploaded object differs from the file");
    }

    @Test
    void bring_fileThatHasChanged_isBroughtNowhere() throws IOException {
        String sha256 = Sha256.of(file).hex();
        Files.writeString(file, "something else");
        assertThatExceptionOfType(DamagedFileException.class)
                .isThrownBy(() -> new MultipartUpload(bucket, PART_BYTES).upload(file, OBJECT, sha256, "", begun::add));
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void bring_wrongSecret_failsInWordsThatNameNoKey() {
        try (var stranger = new Bucket(store.address("some-other-secret"))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> new MultipartUpload(stranger, PART_BYTES)
                            .upload(file, OBJECT, Sha256.of(file).hex(), "", begun::add))
                    .withNoCause()
                    .satisfies(failure -> assertThat(failure.toString())
                            .doesNotContain("some-other-secret", StandInStore.ACCESS, "Signature="));
        }
        assertThat(store.address().toString()).doesNotContain(StandInStore.ACCESS, StandInStore.SECRET);
    }

    private void bring(String uploadId) throws IOException {
        new MultipartUpload(bucket, PART_BYTES)
                .upload(file, OBJECT, Sha256.of(file).hex(), uploadId, begun::add);
    }
}
