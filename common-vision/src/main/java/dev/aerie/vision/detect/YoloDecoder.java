package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.util.ArrayList;
import java.util.List;

/// YOLOv8, 11, 12 as Ultralytics exports them: N × (4 + classes) × cells, a column per cell: centre x, y, width and
/// height in input pixels, then the chance of each class.
record YoloDecoder(String output, int classes, Labels labels) implements OutputDecoder {

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int cells = CellGrids.cells(letterbox.input());
        int elements = (YoloColumns.BOX + classes) * cells;
        var columns = new YoloColumns(outputs.get(output).floats().slice(index * elements, elements), classes, cells);
        var found = new ArrayList<Detection>();
        for (int cell = 0; cell < cells; cell++) {
            int best = columns.bestClass(cell);
            float score = columns.score(best, cell);
            if (score >= minScore) {
                OutputDecoder.add(found, columns.box(cell, letterbox), labels.label(best), score, minScore);
            }
        }
        return found;
    }
}
