package dev.aerie.vision.detect;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Recognizes a detector's family by the names and shapes of its outputs.
final class OutputRecognition {

    private static final int END_TO_END_ROW = 6;
    private static final int BOX = 4;

    private OutputRecognition() {}

    /// The family of `model`, whose outputs have the shapes `outputs` where its input is of size `input`; throws
    /// [ModelException] where it is unknown.
    static DetectorFormat recognise(OnnxModel model, Map<String, TensorShape> outputs, FrameSize input)
            throws ModelException {
        if (outputs.keySet().equals(DetrDecoder.OUTPUTS) && model.inputs().containsKey(DetrDecoder.SIZES)) {
            return DetectorFormat.detr(
                    DetrDecoder.OUTPUTS,
                    new DetrDecoder(side(outputs, "scores", 1), labels(model, CocoLabels.ALL.size())));
        }
        if (outputs.keySet().containsAll(DetrLogitsDecoder.OUTPUTS)) {
            int classes = side(outputs, "logits", 2);
            return DetectorFormat.detr(
                    DetrLogitsDecoder.OUTPUTS,
                    new DetrLogitsDecoder(side(outputs, "logits", 1), classes, labels(model, classes)));
        }
        if (outputs.keySet().equals(NanodetDecoder.OUTPUTS)) {
            int classes = side(outputs, "scores", 2);
            int bins = side(outputs, "distances", 2) / NanodetDecoder.SIDES;
            return DetectorFormat.nanodet(new NanodetDecoder(classes, bins, labels(model, classes)));
        }
        int cells = CellGrids.cells(input);
        Optional<DetectorFormat> masked = yoloWithMasks(model, outputs, cells);
        return masked.isPresent() ? masked.get() : yoloOrRefusal(model, outputs, cells);
    }

    private static DetectorFormat yoloOrRefusal(OnnxModel model, Map<String, TensorShape> outputs, int cells)
            throws ModelException {
        return yolo(model, outputs, cells)
                .orElseThrow(() -> new ModelException(
                        "model %s has the outputs %s, which is not a known detector: YOLOX, YOLOv8 and later, RT-DETR, D-FINE, NanoDet"
                                .formatted(model.name(), outputs)));
    }

    /// Two outputs: boxes with coefficients, as wide as the grids have cells, and the prototypes of masks.
    private static Optional<DetectorFormat> yoloWithMasks(OnnxModel model, Map<String, TensorShape> outputs, int cells)
            throws ModelException {
        if (outputs.size() != 2) {
            return Optional.empty();
        }
        var boxes = ranked(outputs, 3);
        var prototypes = ranked(outputs, 4);
        if (boxes.isEmpty() || prototypes.isEmpty()) {
            return Optional.empty();
        }
        List<Long> rows = boxes.get().getValue().dimensions();
        List<Long> planes = prototypes.get().getValue().dimensions();
        int count = Math.toIntExact(planes.get(1));
        int classes = Math.toIntExact(rows.get(1)) - BOX - count;
        if (count < 1 || classes < 1 || rows.get(2) != cells || planes.get(2) < 1 || planes.get(3) < 1) {
            return Optional.empty();
        }
        return Optional.of(DetectorFormat.yoloWithMasks(new YoloMaskDecoder(
                boxes.get().getKey(),
                prototypes.get().getKey(),
                classes,
                count,
                labels(model, classes),
                OnnxDetector.SUPPRESSION)));
    }

    /// The output with so many axes; empty where not exactly one has them.
    private static Optional<Map.Entry<String, TensorShape>> ranked(Map<String, TensorShape> outputs, int axes) {
        var found = outputs.entrySet().stream()
                .filter(each -> each.getValue().dimensions().size() == axes)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Optional<DetectorFormat> yolo(OnnxModel model, Map<String, TensorShape> outputs, int cells)
            throws ModelException {
        if (outputs.size() != 1) {
            return Optional.empty();
        }
        String name = outputs.keySet().iterator().next();
        List<Long> shape = outputs.values().iterator().next().dimensions();
        if (shape.size() != 3) {
            return Optional.empty();
        }
        int rows = Math.toIntExact(shape.get(1));
        int columns = Math.toIntExact(shape.get(2));
        if (columns == cells && rows > BOX) {
            var decoder = new YoloDecoder(name, rows - BOX, labels(model, rows - BOX));
            return Optional.of(DetectorFormat.yolo(name, true, decoder));
        }
        if (rows == cells && columns > BOX + 1) {
            int classes = columns - BOX - 1;
            return Optional.of(DetectorFormat.yolox(
                    name, new YoloxDecoder(name, labels(model, classes).first(classes))));
        }
        if (columns == END_TO_END_ROW && rows > 0) {
            var decoder = new EndToEndDecoder(name, rows, labels(model, CocoLabels.ALL.size()));
            return Optional.of(DetectorFormat.yolo(name, false, decoder));
        }
        return Optional.empty();
    }

    /// The input of `model` that takes frames; throws [ModelException] where it has none.
    static FrameInput frame(OnnxModel model) throws ModelException {
        var wanted = Set.of("images", "pixel_values", "image", "input");
        for (Map.Entry<String, TensorSpec> input : model.inputs().entrySet()) {
            List<Long> sides = input.getValue().shape().dimensions();
            boolean square =
                    sides.size() == 4 && sides.get(1) == 3 && sides.get(2).equals(sides.get(3));
            boolean floats = input.getValue().type() == ElementType.FLOAT32;
            if (wanted.contains(input.getKey()) && square && floats && sides.get(2) != 0) {
                return new FrameInput(input.getKey(), sides.getFirst() < 0, Math.toIntExact(sides.get(2)));
            }
        }
        throw new ModelException("model %s has the inputs %s, expected one frame N×3×side×side of float32"
                .formatted(model.name(), model.inputs()));
    }

    private static Labels labels(OnnxModel model, int classes) throws ModelException {
        return Labels.of(model.metadata("names"), classes);
    }

    private static int side(Map<String, TensorShape> outputs, String name, int axis) throws ModelException {
        TensorShape shape = outputs.get(name);
        if (shape == null
                || shape.dimensions().size() <= axis
                || shape.dimensions().get(axis) < 1) {
            throw new ModelException("the output '" + name + "' is " + shape + ", which leaves its size open");
        }
        return Math.toIntExact(shape.dimensions().get(axis));
    }
}
