package dev.aerie.slam.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// A bright square on dark ground, a little blurred.
final class CornerPeakTest {

    private static final int STRIDE = 32;

    /// Where FAST finds the square's upper left corner.
    private static final int CORNER = 16 * STRIDE + 16;

    private final CornerPeak peak = new CornerPeak(STRIDE);

    @Test
    void offset_ofASquareOnTheDiagonal_isTheSameInXAndY() {
        byte[] square = square(0.2, 0.2);

        assertThat(alongX(square)).isBetween(0.05, 0.5).isEqualTo(alongY(square));
    }

    @Test
    void offset_ofASquareMovedByAFractionOfAPixel_movesAlong() {
        double moved = alongX(square(0.3, 0)) - alongX(square(0, 0));

        assertThat(moved).isCloseTo(0.3, within(0.15));
        assertThat(alongY(square(0, 0.3)) - alongY(square(0, 0))).isEqualTo(moved);
    }

    @Test
    void offset_ofADarkSquare_isThatOfABrightOne() {
        byte[] bright = square(0.3, -0.2);
        byte[] dark = new byte[bright.length];
        for (int i = 0; i < dark.length; i++) {
            dark[i] = (byte) (255 - (bright[i] & 0xff));
        }

        assertThat(alongX(bright)).isNotZero();
        assertThat(alongX(dark)).isEqualTo(alongX(bright));
        assertThat(alongY(dark)).isEqualTo(alongY(bright));
    }

    @Test
    void offset_withoutACorner_isNone() {
        assertThat(alongX(new byte[STRIDE * STRIDE])).isZero();
    }

    private double alongX(byte[] pixels) {
        return peak.offset(pixels, CORNER, 1);
    }

    private double alongY(byte[] pixels) {
        return peak.offset(pixels, CORNER, STRIDE);
    }

    /// - `shiftX`, `shiftY`: of its upper left corner, pixels
    private static byte[] square(double shiftX, double shiftY) {
        byte[] pixels = new byte[STRIDE * STRIDE];
        for (int y = 0; y < STRIDE; y++) {
            for (int x = 0; x < STRIDE; x++) {
                double covered = inside(x - 15 - shiftX) * inside(y - 15 - shiftY);
                pixels[y * STRIDE + x] = (byte) Math.round(40 + 180 * covered);
            }
        }
        return pixels;
    }

    /// 0 before an edge, 1 behind it, a ramp of three pixels between.
    private static double inside(double behindEdge) {
        return Math.clamp((behindEdge + 1.5) / 3, 0, 1);
    }
}
