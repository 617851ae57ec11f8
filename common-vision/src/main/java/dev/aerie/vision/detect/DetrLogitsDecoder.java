package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// RT-DETR and D-FINE as transformers exports them: `logits` N × queries × classes, `pred_boxes` N × queries × 4
/// (centre x, y, width and height, 0..1).
record DetrLogitsDecoder(int queries, int classes, Labels labels) implements OutputDecoder {

    static final Set<String> OUTPUTS = Set.of("logits", "pred_boxes");

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        FloatBuffer logits = outputs.get("logits").floats();
        FloatBuffer box = outputs.get("pred_boxes").floats();
        double across = letterbox.input().widthPixels();
        double down = letterbox.input().heightPixels();
        var found = new ArrayList<Detection>();
        for (int i = index * queries; i < (index + 1) * queries; i++) {
            int best = 0;
            for (int kind = 1; kind < classes; kind++) {
                best = logits.get(i * classes + kind) > logits.get(i * classes + best) ? kind : best;
            }
            double score = 1 / (1 + Math.exp(-logits.get(i * classes + best)));
            int at = 4 * i;
            var inFrame = letterbox.toFrame(
                    across * box.get(at), down * box.get(at + 1), across * box.get(at + 2), down * box.get(at + 3));
            OutputDecoder.add(found, inFrame, labels.label(best), score, minScore);
        }
        return found;
    }
}
