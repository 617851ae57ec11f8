package dev.aerie.simulator.barcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.simulator.image.RgbImage;
import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BarcodeTest {

    private static final FrameSize HD = new FrameSize(1280, 720);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 299, 0x7FFFFFFF, 0x80000000, -1, 0x55555555})
    void read_paintedFrame_givesTheNumber(int number) {
        var image = painted(HD, number);

        assertThat(BarcodeReader.read(image)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"320,180", "320,240", "641,361", "112,120", "1920,1080"})
    void read_otherSizes_givesTheNumber(int width, int height) {
        var image = painted(new FrameSize(width, height), 123_456_789);

        assertThat(BarcodeReader.read(image)).hasValue(123_456_789);
    }

    @Test
    void read_bgrRowsWithGaps_givesTheNumber() {
        var size = new FrameSize(322, 182);
        int stride = 1024;
        var bgr = ByteBuffer.allocateDirect(stride * size.heightPixels());
        painted(size, 77).copyTo(bgr, stride);

        assertThat(BarcodeReader.read(bgr, size, stride)).hasValue(77);
    }

    @Test
    void read_strongNoise_givesTheNumber() {
        var image = painted(HD, 4711);
        var random = new Random(1);
        int[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int green = Math.clamp((pixels[i] >> 8 & 0xFF) + Math.round(random.nextGaussian() * 60), 0, 255);
            pixels[i] = green * 0x010101;
        }

        assertThat(BarcodeReader.read(image)).hasValue(4711);
    }

    @Test
    void read_oneCellFlipped_givesNothing() {
        for (int cell = 0; cell < BarcodeLayout.CELLS; cell++) {
            var image = painted(HD, 1000 + cell);
            invert(image, cell);

            assertThat(BarcodeReader.read(image)).as("cell %d", cell).isEmpty();
        }
    }

    @Test
    void read_frameWithoutCode_givesNothing() {
        var image = new RgbImage(HD);
        image.fill(0, 0, 1280, 720, 0x909090);
        assertThat(BarcodeReader.read(image)).isEmpty();

        var random = new Random(2);
        Arrays.setAll(image.pixels(), _ -> random.nextInt(0x1000000));
        assertThat(BarcodeReader.read(image)).isEmpty();
    }

    @Test
    void new_frameTooSmall_isRefused() {
        assertThatThrownBy(() -> new BarcodePainter(new FrameSize(64, 64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 × 64");
    }

    private static RgbImage painted(FrameSize size, int number) {
        var image = new RgbImage(size);
        new BarcodePainter(size).paint(image, number);
        return image;
    }

    private static void invert(RgbImage image, int cell) {
        var layout = new BarcodeLayout(image.size());
        int column = cell % BarcodeLayout.COLUMNS;
        int row = cell / BarcodeLayout.COLUMNS;
        for (int y = layout.topPixels(row); y < layout.topPixels(row + 1); y++) {
            for (int x = layout.leftPixels(column); x < layout.leftPixels(column + 1); x++) {
                image.pixels()[y * image.widthPixels() + x] ^= 0xFFFFFF;
            }
        }
    }
}
