package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.onnx.Tensors;
import java.util.List;

/// Decodes the outputs of one family of detectors.
@FunctionalInterface
interface OutputDecoder {

    /// The detections with a score of at least `minScore` in frame `index` of the batch.
    List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore);

    /// Adds a detection whose score is at least `minScore`; a score that rounding brought above 1 counts as 1.
    static void add(List<Detection> found, Box box, String label, double score, double minScore) {
        if (score >= minScore && box.widthPixels() > 0 && box.heightPixels() > 0) {
            found.add(new Detection(box, label, Math.min(1, score)));
        }
    }
}
