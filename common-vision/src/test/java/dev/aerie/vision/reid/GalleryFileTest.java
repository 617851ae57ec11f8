package dev.aerie.vision.reid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GalleryFileTest {

    private static final Embedding ANNA = Embedding.of(1, 0, 0);
    private static final Embedding BERT = Embedding.of(0, 1, 0);

    @TempDir
    private Path folder;

    private Path path;
    private GalleryFile file;

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("gallery.bin");
        file = new GalleryFile(path);
        var gallery = new Gallery("test", 3, GalleryConfig.DEFAULT);
        gallery.enroll(ANNA);
        gallery.enroll(BERT);
        gallery.forget(1);
        file.write(gallery);
    }

    @Test
    void read_written_knowsWhoWasSeenAndGoesOnCounting() throws IOException {
        var gallery = file.read("test", 3, GalleryConfig.DEFAULT);
        assertThat(gallery.query(BERT).map(GalleryMatch::identity)).contains(2L);
        assertThat(gallery.query(ANNA)).isEmpty();
        assertThat(gallery.enroll(ANNA)).isEqualTo(3);
    }

    @Test
    void write_again_replacesTheFileAndLeavesNothingBeside() throws IOException {
        file.write(new Gallery("test", 3, GalleryConfig.DEFAULT));
        assertThat(file.read("test", 3, GalleryConfig.DEFAULT).size()).isZero();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void read_noFile_isEmpty() throws IOException {
        assertThat(new GalleryFile(folder.resolve("none"))
                        .read("test", 3, GalleryConfig.DEFAULT)
                        .size())
                .isZero();
    }

    @Test
    void read_anotherEmbedder_isRefused() {
        assertThatThrownBy(() -> file.read("other", 3, GalleryConfig.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds embeddings of test with 3 numbers, expected other with 3");
    }

    @Test
    void read_laterVersion_saysSo() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[7] = 9;
        Files.write(path, bytes);
        assertThatThrownBy(() -> file.read("test", 3, GalleryConfig.DEFAULT))
                .hasMessageContaining("is a gallery of version 9, expected 1");
    }

    /// Cut short, one bit turned, or something else: empty, and the file is put aside.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 15, 16, 20, 40})
    void readOrEmpty_cutShort_isEmptyAndKeepsTheFileAside(int bytes) throws IOException {
        byte[] all = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(all, bytes));
        assertThat(file.readOrEmpty("test", 3, GalleryConfig.DEFAULT).size()).isZero();
        assertThat(path).doesNotExist();
        assertThat(folder.resolve("gallery.bin.damaged")).exists();
    }

    @Test
    void readOrEmpty_anyByteChanged_isEmpty() throws IOException {
        byte[] all = Files.readAllBytes(path);
        for (int i = 0; i < all.length; i++) {
            byte[] broken = all.clone();
            broken[i] ^= 1;
            Files.write(path, broken);
            assertThat(file.readOrEmpty("test", 3, GalleryConfig.DEFAULT).size())
                    .as("byte %d", i)
                    .isZero();
        }
    }
}
