package dev.aerie.slam.dense;

/// Each pixel as 24 bits: which of its 5 × 5 neighbours are darker. Two cameras' exposures do not matter to it.
///
/// Source: Zabih, Woodfill 1994, "Non-parametric Local Transforms for Computing Visual Correspondence".
final class CensusTransform {

    static final int BITS = 24;
    private static final int RADIUS = 2;

    private final int width;
    private final int[] codes;

    private CensusTransform(int width, int[] codes) {
        this.width = width;
        this.codes = codes;
    }

    static CensusTransform of(DenseView view) {
        int width = view.camera().widthPixels();
        int height = view.camera().heightPixels();
        int[] grey = new int[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = view.colours().grey(i);
        }
        int[] codes = new int[grey.length];
        for (int row = RADIUS; row < height - RADIUS; row++) {
            for (int column = RADIUS; column < width - RADIUS; column++) {
                codes[row * width + column] = code(grey, width, row * width + column);
            }
        }
        return new CensusTransform(width, codes);
    }

    private static int code(int[] grey, int width, int at) {
        int code = 0;
        for (int row = -RADIUS; row <= RADIUS; row++) {
            for (int column = -RADIUS; column <= RADIUS; column++) {
                if (row != 0 || column != 0) {
                    code = code << 1 | (grey[at + row * width + column] < grey[at] ? 1 : 0);
                }
            }
        }
        return code;
    }

    int at(int pixel) {
        return codes[pixel];
    }

    int width() {
        return width;
    }

    int height() {
        return codes.length / width;
    }
}
