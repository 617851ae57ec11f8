package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// YOLOX as its publisher exports it, without its decoding: N × cells × (5 + classes), one row per cell of [CellGrids].
///
/// A row is centre x and y in cells from the cell's corner, the logarithm of width and height in cells, the chance
/// that there is an object, then the chance of each class. Source: YOLOX (Ge et al. 2021), `decode_outputs`.
final class YoloxDecoder implements OutputDecoder {

    private static final int OBJECTNESS = 4;
    private static final int FIRST_CLASS = 5;

    private final String output;
    private final List<String> labels;
    private final float[] row;

    YoloxDecoder(String output, List<String> labels) {
        this.output = output;
        this.labels = labels;
        this.row = new float[FIRST_CLASS + labels.size()];
    }

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int elements = CellGrids.cells(letterbox.input()) * row.length;
        FloatBuffer rows = outputs.get(output).floats().slice(index * elements, elements);
        var found = new ArrayList<Detection>();
        int cell = 0;
        for (int stride : CellGrids.STRIDES_PIXELS) {
            int across = letterbox.input().widthPixels() / stride;
            int down = letterbox.input().heightPixels() / stride;
            for (int i = 0; i < across * down; i++, cell++) {
                int start = cell * row.length;
                if (rows.get(start + OBJECTNESS) >= minScore) {
                    rows.get(start, row);
                    addIfGood(found, letterbox, stride, i % across, i / across, minScore);
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
