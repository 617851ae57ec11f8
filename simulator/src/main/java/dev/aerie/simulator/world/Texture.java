package dev.aerie.simulator.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A repeating image with its mipmap levels down to 4 texels.
///
/// Sides are powers of two.
public final class Texture {

    /// Of one channel in [#lanes].
    public static final int LANE_BITS = 21;

    private static final int MIN_SIDE = 4;

    private final int widthShift;
    private final int heightShift;
    private final long[][] levels;

    /// From texels of `0xRRGGBB`, row-major.
    Texture(int width, int height, int[] texels) {
        if (Integer.bitCount(width) != 1 || Integer.bitCount(height) != 1 || texels.length != width * height) {
            throw new IllegalArgumentException(
                    "texture sides are powers of two, was " + width + " × " + height + ", " + texels.length);
        }
        this.widthShift = Integer.numberOfTrailingZeros(width);
        this.heightShift = Integer.numberOfTrailingZeros(height);
        this.levels = pyramid(width, height, texels);
    }

    public int widthTexels() {
        return 1 << widthShift;
    }

    public int heightTexels() {
        return 1 << heightShift;
    }

    public int widthShift() {
        return widthShift;
    }

    public int heightShift() {
        return heightShift;
    }

    public int smallestLevel() {
        return levels.length - 1;
    }

    /// Texels of a level as [#lanes], row-major, each side halved `level` times; lent.
    public long[] level(int level) {
        return levels[level];
    }

    /// The channels of `0xRRGGBB` with room above each, so that one multiplication weighs all three: blue in bits 0
    /// to 20, green in 21 to 41, red in 42 to 62.
    public static long lanes(int rgb) {
        long red = (rgb >> 16) & 0xFF;
        long green = (rgb >> 8) & 0xFF;
        return red << (2 * LANE_BITS) | green << LANE_BITS | (rgb & 0xFF);
    }

    private static long[][] pyramid(int width, int height, int[] texels) {
        List<long[]> levels = new ArrayList<>();
        levels.add(lanes(texels));
        int[] larger = texels;
        for (int w = width / 2, h = height / 2; Math.min(w, h) >= MIN_SIDE; w /= 2, h /= 2) {
            larger = halved(larger, w, h);
            levels.add(lanes(larger));
        }
        return levels.toArray(long[][]::new);
    }

    private static long[] lanes(int[] texels) {
        return Arrays.stream(texels).mapToLong(Texture::lanes).toArray();
    }

    private static int[] halved(int[] larger, int width, int height) {
        int[] smaller = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 4 * y * width + 2 * x;
                smaller[y * width + x] =
                        mean(larger[at], larger[at + 1], larger[at + 2 * width], larger[at + 2 * width + 1]);
            }
        }
        return smaller;
    }

    private static int mean(int a, int b, int c, int d) {
        int redBlue = ((a & 0xFF00FF) + (b & 0xFF00FF) + (c & 0xFF00FF) + (d & 0xFF00FF) + 0x20002) >> 2;
        int green = ((a & 0xFF00) + (b & 0xFF00) + (c & 0xFF00) + (d & 0xFF00) + 0x200) >> 2;
        return (redBlue & 0xFF00FF) | (green & 0xFF00);
    }
}
