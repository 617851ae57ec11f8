package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// RT-DETR and D-FINE as their publishers export them: `labels` N × queries, `boxes` N × queries × 4 (left, top, right,
/// bottom in pixels of the size given as `orig_target_sizes`), `scores` N × queries.
record DetrDecoder(int queries, Labels labels) implements OutputDecoder {

    static final String SIZES = "orig_target_sizes";
    static final Set<String> OUTPUTS = Set.of("labels", "boxes", "scores");

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        LongBuffer label = outputs.get("labels").longs();
        FloatBuffer box = outputs.get("boxes").floats();
        FloatBuffer score = outputs.get("scores").floats();
        var found = new ArrayList<Detection>();
        for (int i = index * queries; i < (index + 1) * queries; i++) {
            double width = box.get(4 * i + 2) - box.get(4 * i);
            double height = box.get(4 * i + 3) - box.get(4 * i + 1);
            // The model gets its own input size as the frame's; the letterbox maps the box back.
            var inFrame = letterbox.toFrame(box.get(4 * i) + width / 2, box.get(4 * i + 1) + height / 2, width, height);
            OutputDecoder.add(found, inFrame, labels.label(label.get(i)), score.get(i), minScore);
        }
        return found;
    }
}
