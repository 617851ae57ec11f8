package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The expected texts were made by pycocotools 2.0.11 from the same pixels.
final class MaskTest {

    @Test
    void encode_nothing_isOneRun() {
        assertThat(Mask.encode(4, 5, (_, _) -> false)).isEqualTo(new Mask(4, 5, "d0"));
    }

    @Test
    void encode_everything_beginsWithAnEmptyRun() {
        assertThat(Mask.encode(4, 5, (_, _) -> true)).isEqualTo(new Mask(4, 5, "0d0"));
    }

    /// Runs 4 1 3 1 3: the fourth is written as 1 - 1 and the fifth as 3 - 3.
    @Test
    void encode_twoPixels_writesDifferencesFromTheFourthRunOn() {
        assertThat(Mask.encode(3, 4, (x, y) -> x == y && x > 0).counts()).isEqualTo("41300");
    }

    @Test
    void encode_chessboard_isAsPycocotools() {
        assertThat(Mask.encode(6, 5, (x, y) -> (x + y) % 2 == 0).counts()).isEqualTo("01100010O0010O0010O0010O000");
    }

    @Test
    void encode_disc_isAsPycocotools() {
        var disc = Mask.encode(48, 64, (x, y) -> (x - 30) * (x - 30) + (y - 20) * (y - 20) < 225);
        assertThat(disc.counts()).isEqualTo("_h0;S14M2M4M2O0O2N2O0O2O00000000000000000001N101N2N101N3L3N3LSl0");
        assertThat(disc.areaPixels()).isEqualTo(697);
    }

    @Test
    void encode_boxIn720p_isAsPycocotools() {
        var box = Mask.encode(720, 1280, (x, y) -> x >= 600 && x < 700 && y >= 300 && y < 500);
        assertThat(box.counts()).isEqualTo("\\UV=X6X`" + "0".repeat(198) + "d`g<");
        assertThat(box.areaPixels()).isEqualTo(20_000);
    }

    @Test
    void decode_whatEncodeWrote_isTheSamePixels() {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 200; i++) {
            int height = random.nextInt(1, 90);
            int width = random.nextInt(1, 90);
            var pixels = new BitSet();
            random.ints(random.nextInt(height * width + 1), 0, height * width).forEach(pixels::set);
            var mask = Mask.encode(height, width, (x, y) -> pixels.get(y * width + x));
            assertThat(mask.decode()).isEqualTo(pixels);
            assertThat(mask.areaPixels()).isEqualTo(pixels.cardinality());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0", "d", "tttttttttttttt", "é", "4O", "d01"})
    void mask_countsThatDoNotFit_areRefused(String counts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(4, 5, counts))
                .withMessageStartingWith("mask.counts");
    }

    /// 0, 2^31 - 1, then 63 runs of 2^58, and one that brings the sum, modulo 2^64, to the pixels of the frame.
    @Test
    void mask_runsWhoseSumOverflows_areRefusedAtTheFirstThatDoesNotFit() {
        long rest = (1L << 58) + 20 - Integer.MAX_VALUE;
        var runs = new RunLengths.Writer();
        runs.add(0);
        runs.add(Integer.MAX_VALUE);
        for (int i = 0; i < 63; i++) {
            runs.add(1L << 58);
        }
        runs.add(rest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(4, 5, runs.toString()))
                .withMessage("mask.counts cover more than 20 pixels");
    }

    @Test
    void mask_ofMorePixelsOrRunsThanAFrameHas_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(1 << 16, 1 << 16, "0"))
                .withMessageStartingWith("mask.size");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mask(1, 1, "0".repeat(1 << 20)))
                .withMessageStartingWith("mask.counts");
        assertThat(new Mask(1, 1, "01").areaPixels()).isEqualTo(1);
    }
}
