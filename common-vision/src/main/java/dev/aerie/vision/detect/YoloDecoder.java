package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// YOLOv8, 11, 12 as Ultralytics exports them: N × (4 + classes) × cells, a column per cell: centre x, y, width and
/// height in input pixels, then the chance of each class.
record YoloDecoder(String output, int classes, int cells, Labels labels) implements OutputDecoder {

    private static final int BOX = 4;

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int elements = (BOX + classes) * cells;
        FloatBuffer columns = outputs.get(output).floats().slice(index * elements, elements);
        var found = new ArrayList<Detection>();
        for (int cell = 0; cell < cells; cell++) {
            int best = bestClass(columns, cell);
            float score = columns.get((BOX + best) * cells + cell);
            if (score >= minScore) {
                var box = letterbox.toFrame(
                        columns.get(cell),
                        columns.get(cells + cell),
                        columns.get(2 * cells + cell),
                        columns.get(3 * cells + cell));
                OutputDecoder.add(found, box, labels.label(best), score, minScore);
            }
        }
        return found;
    }

    private int bestClass(FloatBuffer columns, int cell) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (columns.get((BOX + i) * cells + cell) > columns.get((BOX + best) * cells + cell)) {
                best = i;
            }
        }
        return best;
    }
}
