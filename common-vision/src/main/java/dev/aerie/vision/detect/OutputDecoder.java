package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.detect.LetterboxCanvas.InputSpec;
import dev.aerie.vision.onnx.Tensors;
import java.util.List;
import java.util.Set;

/// How a family of detectors says what it found. Each reads the outputs of a batch, for one of its frames.
sealed interface OutputDecoder permits YoloxDecoder, YoloDecoder, EndToEndDecoder, DetrDecoder, DetrLogitsDecoder {

    /// What it wants its input to be.
    InputSpec inputSpec();

    /// The outputs it reads.
    Set<String> outputs();

    /// Whether several boxes may lie on one object, so that the weaker must be left out.
    boolean needsNms();

    /// What scores at least `minScore` in frame `index`.
    List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore);

    /// Adds a detection if it scores enough; scores above 1 by rounding count as 1.
    static void add(List<Detection> found, Box box, String label, double score, double minScore) {
        if (score >= minScore && box.widthPixels() > 0 && box.heightPixels() > 0) {
            found.add(new Detection(box, label, Math.min(1, score)));
        }
    }
}
