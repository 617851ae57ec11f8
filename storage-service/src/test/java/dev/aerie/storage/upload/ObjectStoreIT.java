package dev.aerie.storage.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads into a store that is not ours, where one can be had: parts as large as stores require them.
final class ObjectStoreIT {

    private static final int PART_BYTES = 5 << 20;

    private static TestStore store;

    @TempDir
    Path folder;

    private final List<String> begun = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        store = TestStore.open();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void upload_fileOfThreeParts_arrivesWholeAndIsKnownAgain() throws IOException {
        Path file = file(2 * PART_BYTES + 1000);
        try (var bucket = new Bucket(store.address())) {
            upload(bucket, file, "drone/whole.mp4", "");
            upload(bucket, file, "drone/whole.mp4", "");

            try (var in = bucket.open("drone/whole.mp4")) {
                assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
            }
            assertThat(begun).hasSize(1);
        }
    }

    @Test
    void upload_begunBefore_goesOnWithThePartsThatAreMissing() throws IOException {
        Path file = file(PART_BYTES + 1000);
        try (var bucket = new Bucket(store.address())) {
            String id = bucket.begin(
                    "drone/rest.mp4", Map.of("sha256", Sha256.of(file).hex()));
            try (var in = Files.newInputStream(file)) {
                bucket.put("drone/rest.mp4", id, 1, in.readNBytes(PART_BYTES));
            }
            upload(bucket, file, "drone/rest.mp4", id);

            assertThat(begun).isEmpty();
            assertThat(bucket.find("drone/rest.mp4").orElseThrow().bytes()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void upload_idThatTheStoreDoesNotKnow_beginsAnew() throws IOException {
        Path file = file(1000);
        try (var bucket = new Bucket(store.address())) {
            upload(bucket, file, "drone/anew.mp4", "upload-of-last-year");
            assertThat(begun).hasSize(1);
            assertThat(bucket.find("drone/anew.mp4")).isPresent();
        }
    }

    @Test
    void upload_wrongSecret_isRefusedInWordsThatNameNoKey() throws IOException {
        Path file = file(1000);
        try (var bucket = new Bucket(store.withSecret("some-other-secret"))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> upload(bucket, file, "drone/none.mp4", ""))
                    .satisfies(failure -> assertThat(failure.toString())
                            .doesNotContain("some-other-secret", StandInStore.ACCESS, "Signature="));
        }
    }

    private void upload(Bucket bucket, Path file, String object, String id) throws IOException {
        new MultipartUpload(bucket, PART_BYTES)
                .upload(file, object, Sha256.of(file).hex(), id, begun::add);
    }

    private Path file(int sizeBytes) throws IOException {
        byte[] bytes = new byte[sizeBytes];
        new Random(sizeBytes).nextBytes(bytes);
        return Files.write(folder.resolve("segment.mp4"), bytes);
    }
}
