package dev.aerie.vision.moving;

/// The grid on which motion is described: cells of two pixels each side of a frame that was shrunk, and stretched, to
/// one size. As `deploy/models/motion/features.py` has it.
final class CellGrid {

    /// Size at which optical flow is computed, in pixels.
    static final int FLOW_WIDTH = 384;

    static final int FLOW_HEIGHT = 224;

    static final int WIDTH = 192;
    static final int HEIGHT = 112;
    static final int CELLS = WIDTH * HEIGHT;

    /// Every so many cells along each side a vector is sampled for fits.
    private static final int STRIDE = 6;

    private static final int FIRST = 3;
    private static final int SAMPLE_COLUMNS = (WIDTH - FIRST + STRIDE - 1) / STRIDE;
    private static final int SAMPLE_ROWS = (HEIGHT - FIRST + STRIDE - 1) / STRIDE;
    static final int SAMPLES = SAMPLE_COLUMNS * SAMPLE_ROWS;

    private CellGrid() {}

    static int sampleColumn(int sample) {
        return FIRST + STRIDE * (sample % SAMPLE_COLUMNS);
    }

    static int sampleRow(int sample) {
        return FIRST + STRIDE * Math.floorDiv(sample, SAMPLE_COLUMNS);
    }
}
