package dev.aerie.vision.detect;

import dev.aerie.vision.onnx.Tensors;
import java.util.List;

/// YOLOX as its publisher exports it, without its decoding: N × cells × (5 + classes), see [YoloxGrid].
record YoloxDecoder(String output, YoloxGrid grid) implements OutputDecoder {

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int elements = grid.cells() * grid.rowLength();
        return grid.decode(outputs.get(output).floats().slice(index * elements, elements), letterbox, minScore);
    }
}
