package dev.aerie.simulator.barcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.simulator.picture.RgbPicture;
import dev.aerie.video.PictureSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BarcodeTest {

    private static final PictureSize HD = new PictureSize(1280, 720);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 299, 0x7FFFFFFF, 0x80000000, -1, 0x55555555})
    void read_paintedPicture_givesTheNumber(int number) {
        var picture = painted(HD, number);

        assertThat(BarcodeReader.read(picture)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"320,180", "320,240", "641,361", "112,120", "1920,1080"})
    void read_otherSizes_givesTheNumber(int width, int height) {
        var picture = painted(new PictureSize(width, height), 123_456_789);

        assertThat(BarcodeReader.read(picture)).hasValue(123_456_789);
    }

    @Test
    void read_bgrRowsWithGaps_givesTheNumber() {
        var size = new PictureSize(322, 182);
        int stride = 1024;
        var bgr = ByteBuffer.allocateDirect(stride * size.heightPixels());
        painted(size, 77).copyTo(bgr, stride);

        assertThat(BarcodeReader.read(bgr, size, stride)).hasValue(77);
    }

    @Test
    void read_strongNoise_givesTheNumber() {
        var picture = painted(HD, 4711);
        var random = new Random(1);
        int[] pixels = picture.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int green = Math.clamp((pixels[i] >> 8 & 0xFF) + Math.round(random.nextGaussian() * 60), 0, 255);
            pixels[i] = green * 0x010101;
        }

        assertThat(BarcodeReader.read(picture)).hasValue(4711);
    }

    @Test
    void read_oneCellFlipped_givesNothing() {
        for (int cell = 0; cell < BarcodeLayout.CELLS; cell++) {
            var picture = painted(HD, 1000 + cell);
            invert(picture, cell);

            assertThat(BarcodeReader.read(picture)).as("cell %d", cell).isEmpty();
        }
    }

    @Test
    void read_pictureWithoutCode_givesNothing() {
        var picture = new RgbPicture(HD);
        picture.fill(0, 0, 1280, 720, 0x909090);
        assertThat(BarcodeReader.read(picture)).isEmpty();

        var random = new Random(2);
        Arrays.setAll(picture.pixels(), _ -> random.nextInt(0x1000000));
        assertThat(BarcodeReader.read(picture)).isEmpty();
    }

    @Test
    void new_pictureTooSmall_isRefused() {
        assertThatThrownBy(() -> new BarcodePainter(new PictureSize(64, 64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 × 64");
    }

    private static RgbPicture painted(PictureSize size, int number) {
        var picture = new RgbPicture(size);
        new BarcodePainter(size).paint(picture, number);
        return picture;
    }

    private static void invert(RgbPicture picture, int cell) {
        var layout = new BarcodeLayout(picture.size());
        int column = cell % BarcodeLayout.COLUMNS;
        int row = cell / BarcodeLayout.COLUMNS;
        for (int y = layout.topPixels(row); y < layout.topPixels(row + 1); y++) {
            for (int x = layout.leftPixels(column); x < layout.leftPixels(column + 1); x++) {
                picture.pixels()[y * picture.widthPixels() + x] ^= 0xFFFFFF;
            }
        }
    }
}
