package dev.aerie.vision.detect;

import dev.aerie.vision.detect.LetterboxCanvas.InputSpec;
import dev.aerie.vision.onnx.Tensors;
import java.util.List;
import java.util.Set;

/// YOLOX as its publisher exports it, without its decoding: N × cells × (5 + classes), see [YoloxGrid].
record YoloxDecoder(String output, YoloxGrid grid) implements OutputDecoder {

    @Override
    public InputSpec inputSpec() {
        return new InputSpec(ResizeMode.TOP_LEFT, false, 1);
    }

    @Override
    public Set<String> outputs() {
        return Set.of(output);
    }

    @Override
    public boolean needsNms() {
        return true;
    }

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int elements = grid.cells() * grid.rowLength();
        return grid.decode(outputs.get(output).floats().slice(index * elements, elements), letterbox, minScore);
    }
}
