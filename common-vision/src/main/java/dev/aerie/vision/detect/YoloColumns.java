package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import java.nio.FloatBuffer;

/// One frame's output of YOLOv8 and its successors as Ultralytics exports them: for each cell a column of a box, the
/// scores of all classes, and what a model has beside them.
///
/// - `values`: row by row, (4 + classes + others) × cells
record YoloColumns(FloatBuffer values, int classes, int cells) {

    /// Rows of the box.
    static final int BOX = 4;

    /// The class with the highest score.
    int bestClass(int cell) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (score(i, cell) > score(best, cell)) {
                best = i;
            }
        }
        return best;
    }

    float score(int label, int cell) {
        return values.get((BOX + label) * cells + cell);
    }

    /// In the frame's pixels.
    Box box(int cell, Letterbox letterbox) {
        return letterbox.toFrame(
                values.get(cell), values.get(cells + cell), values.get(2 * cells + cell), values.get(3 * cells + cell));
    }

    /// A number beside box and classes.
    float other(int row, int cell) {
        return values.get((BOX + classes + row) * cells + cell);
    }
}
