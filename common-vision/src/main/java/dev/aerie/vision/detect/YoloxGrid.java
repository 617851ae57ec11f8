package dev.aerie.vision.detect;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads a YOLOX model's raw output: one row per cell of three grids, of 8, 16 and 32 input pixels per cell.
///
/// A row is centre x and y in cells from the cell's corner, the logarithm of width and height in cells, the chance
/// that there is an object, then the chance of each class. Source: YOLOX (Ge et al. 2021), `decode_outputs`.
final class YoloxGrid {

    private static final List<Integer> STRIDES_PIXELS = List.of(8, 16, 32);
    private static final int OBJECTNESS = 4;
    private static final int FIRST_CLASS = 5;

    private final int sidePixels;
    private final List<String> labels;
    private final float[] row;

    /// - `sidePixels`: of the square input, a multiple of 32
    YoloxGrid(int sidePixels, List<String> labels) {
        this.sidePixels = sidePixels;
        this.labels = labels;
        this.row = new float[rowLength()];
    }

    /// How many cells the three grids have together.
    int cells() {
        return STRIDES_PIXELS.stream()
                .mapToInt(stride -> (sidePixels / stride) * (sidePixels / stride))
                .sum();
    }

    /// Numbers per cell.
    int rowLength() {
        return FIRST_CLASS + labels.size();
    }

    /// Every cell whose best class scores at least `minScore`, in the order of the grids.
    ///
    /// - `output`: [#cells] × [#rowLength]
    List<Detection> decode(FloatBuffer output, Letterbox letterbox, double minScore) {
        var found = new ArrayList<Detection>();
        int cell = 0;
        for (int stride : STRIDES_PIXELS) {
            int side = sidePixels / stride;
            for (int i = 0; i < side * side; i++, cell++) {
                int start = cell * rowLength();
                if (output.get(start + OBJECTNESS) >= minScore) {
                    output.get(start, row);
                    addIfGood(found, letterbox, stride, i % side, i / side, minScore);
                }
            }
        }
        return found;
    }

    private void addIfGood(
            List<Detection> found, Letterbox letterbox, int stride, int column, int line, double minScore) {
        int best = bestClass();
        double score = Math.min(1, row[OBJECTNESS] * (double) row[FIRST_CLASS + best]);
        if (!(score >= minScore)) {
            return;
        }
        var box = letterbox.toFrame(
                (row[0] + column) * stride,
                (row[1] + line) * stride,
                Math.exp(row[2]) * stride,
                Math.exp(row[3]) * stride);
        found.add(new Detection(box, labels.get(best), score));
    }

    private int bestClass() {
        int best = 0;
        for (int i = 1; i < labels.size(); i++) {
            if (row[FIRST_CLASS + i] > row[FIRST_CLASS + best]) {
                best = i;
            }
        }
        return best;
    }
}
