package dev.aerie.vision.text;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads what Grounding DINO says: for each of its queries how well each piece of the words matches, and a box.
final class DinoOutput {

    static final String LOGITS = "logits";
    static final String BOXES = "pred_boxes";

    private static final int BOX_NUMBERS = 4;
    private static final int MAX_FOUND = 50;

    private DinoOutput() {}

    /// What an object is, and how surely, 0..1.
    record Label(String name, double score) {}

    /// Names an object by the scores, 0..1, of all pieces of the words; empty where it is none of them.
    @FunctionalInterface
    interface Labelling {
        Optional<Label> label(double[] scores);
    }

    /// The objects in `frame` that `labelling` names, best first.
    ///
    /// - `pieces`: how many the words have
    /// - throws [ModelException] where the outputs are not of that many
    static List<Detection> read(Tensors out, int pieces, Labelling labelling, VideoFrame frame) throws ModelException {
        int columns = Math.toIntExact(out.get(LOGITS).shape().dimensions().getLast());
        FloatBuffer logits = out.get(LOGITS).floats();
        FloatBuffer boxes = out.get(BOXES).floats();
        int queries = boxes.remaining() / BOX_NUMBERS;
        if (columns < pieces || logits.remaining() != (long) queries * columns) {
            throw new ModelException(
                    "Grounding DINO gave logits of " + out.get(LOGITS).shape() + " and boxes of "
                            + out.get(BOXES).shape() + " for " + pieces + " pieces of words");
        }
        var scores = new double[pieces];
        var found = new ArrayList<Detection>();
        for (int query = 0; query < queries; query++) {
            for (int piece = 0; piece < scores.length; piece++) {
                scores[piece] = sigmoid(logits.get(query * columns + piece));
            }
            int at = query * BOX_NUMBERS;
            labelling
                    .label(scores)
                    .ifPresent(label -> found.add(new Detection(box(boxes, at, frame), label.name(), label.score())));
        }
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        return List.copyOf(found.subList(0, Math.min(MAX_FOUND, found.size())));
    }

    private static Box box(FloatBuffer boxes, int from, VideoFrame frame) {
        int width = frame.size().widthPixels();
        int height = frame.size().heightPixels();
        double left = Math.clamp((boxes.get(from) - boxes.get(from + 2) / 2.0) * width, 0.0, width);
        double top = Math.clamp((boxes.get(from + 1) - boxes.get(from + 3) / 2.0) * height, 0.0, height);
        double right = Math.clamp((boxes.get(from) + boxes.get(from + 2) / 2.0) * width, left, width);
        double bottom = Math.clamp((boxes.get(from + 1) + boxes.get(from + 3) / 2.0) * height, top, height);
        return new Box(left, top, right - left, bottom - top);
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
