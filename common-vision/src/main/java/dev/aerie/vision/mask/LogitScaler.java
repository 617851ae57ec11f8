package dev.aerie.vision.mask;

import dev.aerie.video.FrameSize;

/// Samples the logits of a grid at the pixels of a frame, only where the grid has some above 0.
final class LogitScaler {

    private final MaskLogits grid;
    private final FrameSize size;
    private final double cellsPerColumn;
    private final double cellsPerRow;

    LogitScaler(MaskLogits grid, FrameSize size) {
        this.grid = grid;
        this.size = size;
        cellsPerColumn = (double) grid.widthCells() / size.widthPixels();
        cellsPerRow = (double) grid.heightCells() / size.heightPixels();
    }

    BinaryMask mask() {
        var cells = positiveCells();
        if (cells.isEmpty()) {
            return BinaryMask.empty(size);
        }
        int left = firstPixel(cells.left(), cellsPerColumn);
        int top = firstPixel(cells.top(), cellsPerRow);
        int right = lastPixel(cells.right(), cellsPerColumn, size.widthPixels());
        int bottom = lastPixel(cells.bottom(), cellsPerRow, size.heightPixels());
        var inside = new byte[(right - left + 1) * (bottom - top + 1)];
        var columns = new Samples(left, right - left + 1, cellsPerColumn, grid.widthCells());
        var rows = new Samples(top, bottom - top + 1, cellsPerRow, grid.heightCells());
        for (int y = 0; y < rows.low.length; y++) {
            fillRow(inside, y, columns, rows);
        }
        return BinaryMask.ofRegion(size, left, top, right - left + 1, bottom - top + 1, inside);
    }

    private void fillRow(byte[] inside, int y, Samples columns, Samples rows) {
        float[] logits = grid.values();
        int above = rows.low[y] * grid.widthCells();
        int below = rows.high[y] * grid.widthCells();
        float down = rows.weight[y];
        int at = y * columns.low.length;
        for (int x = 0; x < columns.low.length; x++) {
            float right = columns.weight[x];
            float upper = mix(logits[above + columns.low[x]], logits[above + columns.high[x]], right);
            float lower = mix(logits[below + columns.low[x]], logits[below + columns.high[x]], right);
            inside[at + x] = (byte) (mix(upper, lower, down) > 0 ? 1 : 0);
        }
    }

    private static float mix(float first, float second, float weight) {
        return first * (1 - weight) + second * weight;
    }

    private CellRange positiveCells() {
        var range = CellRange.NONE;
        for (int y = 0; y < grid.heightCells(); y++) {
            for (int x = 0; x < grid.widthCells(); x++) {
                if (grid.at(x, y) > 0) {
                    range = range.with(x, y);
                }
            }
        }
        return range;
    }

    /// The first pixel that a cell takes part in: half a cell before its left edge.
    private static int firstPixel(int cell, double cellsPerPixel) {
        return Math.max(0, (int) Math.floor((cell - 0.5) / cellsPerPixel - 0.5));
    }

    private static int lastPixel(int cell, double cellsPerPixel, int pixels) {
        return Math.min(pixels - 1, (int) Math.ceil((cell + 1.5) / cellsPerPixel - 0.5));
    }

    private record CellRange(int left, int top, int right, int bottom) {

        static final CellRange NONE = new CellRange(Integer.MAX_VALUE, Integer.MAX_VALUE, -1, -1);

        boolean isEmpty() {
            return right < 0;
        }

        CellRange with(int x, int y) {
            if (x >= left && x <= right && y >= top && y <= bottom) {
                return this;
            }
            return new CellRange(Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y));
        }
    }

    /// For each pixel of a row or column, the two cells it lies between and the second one's weight.
    private static final class Samples {

        private final int[] low;
        private final int[] high;
        private final float[] weight;

        Samples(int firstPixel, int pixels, double cellsPerPixel, int cells) {
            low = new int[pixels];
            high = new int[pixels];
            weight = new float[pixels];
            for (int i = 0; i < pixels; i++) {
                double at = Math.max(0, (firstPixel + i + 0.5) * cellsPerPixel - 0.5);
                low[i] = Math.min(cells - 1, (int) at);
                high[i] = Math.min(cells - 1, low[i] + 1);
                weight[i] = (float) (at - low[i]);
            }
        }
    }
}
