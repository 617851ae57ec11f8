package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// NanoDet with Aerie's graph: `scores` N × cells × classes, 0..1, and `distances` N × cells × 4 × bins, a row per cell
/// of [CellGrids].
///
/// Each of the four sides of a box, left, top, right and bottom, is a distribution over distances from the cell's
/// centre,
/// 0 to bins − 1 cells, given by logits; its mean counts. Source: Generalized Focal Loss (Li et al. 2020), section 3.
///
/// - `bins`: distances of a distribution
record NanodetDecoder(int classes, int bins, Labels labels) implements OutputDecoder {

    static final Set<String> OUTPUTS = Set.of("scores", "distances");
    static final int SIDES = 4;

    private static final double CENTRE = 0.5;

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        FloatBuffer scores = outputs.get("scores").floats();
        FloatBuffer distances = outputs.get("distances").floats();
        var found = new ArrayList<Detection>();
        int row = index * CellGrids.cells(letterbox.input());
        for (int stride : CellGrids.STRIDES_PIXELS) {
            int across = letterbox.input().widthPixels() / stride;
            int down = letterbox.input().heightPixels() / stride;
            for (int cell = 0; cell < across * down; cell++, row++) {
                int best = bestClass(scores, row * classes);
                float score = scores.get(row * classes + best);
                if (score >= minScore) {
                    double left = distance(distances, SIDES * row);
                    double top = distance(distances, SIDES * row + 1);
                    double right = distance(distances, SIDES * row + 2);
                    double bottom = distance(distances, SIDES * row + 3);
                    int line = cell / across;
                    var box = letterbox.toFrame(
                            stride * (cell % across + CENTRE + (right - left) / 2),
                            stride * (line + CENTRE + (bottom - top) / 2),
                            stride * (left + right),
                            stride * (top + bottom));
                    OutputDecoder.add(found, box, labels.label(best), score, minScore);
                }
            }
        }
        return found;
    }

    /// The mean of the distribution `index`, in cells.
    private double distance(FloatBuffer logits, int index) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < bins; i++) {
            greatest = Math.max(greatest, logits.get(index * bins + i));
        }
        double sum = 0;
        double weighed = 0;
        for (int i = 0; i < bins; i++) {
            double weight = Math.exp(logits.get(index * bins + i) - greatest);
            sum += weight;
            weighed += i * weight;
        }
        return weighed / sum;
    }

    private int bestClass(FloatBuffer scores, int from) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            best = scores.get(from + i) > scores.get(from + best) ? i : best;
        }
        return best;
    }
}
