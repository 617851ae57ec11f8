package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/// YOLOv10 and exports with built-in suppression: N × rows × 6: left, top, right, bottom in input pixels, score,
/// class.
record EndToEndDecoder(String output, int rows, Labels labels) implements OutputDecoder {

    private static final int ROW = 6;

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        FloatBuffer row = outputs.get(output).floats();
        var found = new ArrayList<Detection>();
        for (int i = index * rows; i < (index + 1) * rows; i++) {
            int at = i * ROW;
            double width = row.get(at + 2) - row.get(at);
            double height = row.get(at + 3) - row.get(at + 1);
            var box = letterbox.toFrame(row.get(at) + width / 2, row.get(at + 1) + height / 2, width, height);
            OutputDecoder.add(found, box, labels.label((long) row.get(at + 5)), row.get(at + 4), minScore);
        }
        return found;
    }
}
