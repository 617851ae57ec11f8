package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VosSequenceTest {

    @TempDir
    private Path folder;

    @Test
    void truth_ofSeveralIds_isOneMaskEach() throws IOException {
        write("a", 3);
        var truth = VosSequence.read(folder.resolve("a")).truth(1);
        assertThat(truth).containsOnlyKeys(1, 7);
        assertThat(truth.get(7).areaPixels()).isEqualTo(1);
        assertThat(truth.get(7).contains(2, 1)).isTrue();
    }

    @Test
    void truth_of255_countsAs1() throws IOException {
        write("a", 3);
        var truth = VosSequence.read(folder.resolve("a")).truth(1);
        assertThat(truth.get(1).areaPixels()).isEqualTo(2);
    }

    @Test
    void readAll_findsFoldersByName_andNothingElse() throws IOException {
        write("b", 3);
        write("a", 4);
        Files.createDirectory(folder.resolve("notes"));
        assertThat(VosSequence.readAll(folder)).extracting(VosSequence::name).containsExactly("a", "b");
    }

    @Test
    void read_maskMissing_saysSo() throws IOException {
        write("a", 3);
        Files.delete(folder.resolve("a/masks/0.png"));
        assertThatThrownBy(() -> VosSequence.read(folder.resolve("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 frames and 2 masks");
    }

    @Test
    void readAll_emptyFolder_saysSo() {
        assertThatThrownBy(() -> VosSequence.readAll(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no folder with frames and masks");
    }

    /// Frames of 4 × 3; each mask shows the object 1 twice, once as 255, and the object 7 once.
    private void write(String name, int frames) throws IOException {
        Path directory = folder.resolve(name);
        Files.createDirectories(directory.resolve("frames"));
        Files.createDirectories(directory.resolve("masks"));
        var mask = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
        mask.getRaster().setSample(0, 0, 0, 255);
        mask.getRaster().setSample(1, 0, 0, 1);
        mask.getRaster().setSample(2, 1, 0, 7);
        for (int i = 0; i < frames; i++) {
            ImageIO.write(mask, "png", directory.resolve("masks/" + i + ".png").toFile());
            ImageIO.write(mask, "png", directory.resolve("frames/" + i + ".png").toFile());
        }
    }
}
