package dev.aerie.vision.detect;

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

    private static final List<Integer> STRIDES_PIXELS = List.of(8, 16, 32);
    private static final int END_TO_END_ROW = 6;
    private static final int BOX = 4;

    private OutputRecognition() {}

    /// Throws [ModelException] where the family of `model` is unknown.
    static DetectorFormat recognise(OnnxModel model, int sidePixels) throws ModelException {
        Map<String, TensorSpec> outputs = model.outputs();
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
            return DetectorFormat.nanodet(new NanodetDecoder(sidePixels, classes, bins, labels(model, classes)));
        }
        Optional<DetectorFormat> masked = yoloWithMasks(model, sidePixels);
        return masked.isPresent() ? masked.get() : yoloOrRefusal(model, sidePixels);
    }

    private static DetectorFormat yoloOrRefusal(OnnxModel model, int sidePixels) throws ModelException {
        return yolo(model, sidePixels)
                .orElseThrow(() -> new ModelException(
                        "model %s has the outputs %s, which is not a known detector: YOLOX, YOLOv8 and later, RT-DETR, D-FINE, NanoDet"
                                .formatted(model.name(), model.outputs())));
    }

    /// Two outputs: boxes with coefficients, as wide as the grids have cells, and the prototypes of masks.
    private static Optional<DetectorFormat> yoloWithMasks(OnnxModel model, int sidePixels) throws ModelException {
        if (model.outputs().size() != 2) {
            return Optional.empty();
        }
        var boxes = ranked(model, 3);
        var prototypes = ranked(model, 4);
        if (boxes.isEmpty() || prototypes.isEmpty()) {
            return Optional.empty();
        }
        List<Long> rows = boxes.get().getValue();
        List<Long> planes = prototypes.get().getValue();
        int count = Math.toIntExact(planes.get(1));
        int classes = Math.toIntExact(rows.get(1)) - BOX - count;
        if (count < 1 || classes < 1 || rows.get(2) != cells(sidePixels) || planes.get(2) < 1 || planes.get(3) < 1) {
            return Optional.empty();
        }
        return Optional.of(DetectorFormat.yoloWithMasks(new YoloMaskDecoder(
                boxes.get().getKey(),
                prototypes.get().getKey(),
                classes,
                count,
                Math.toIntExact(planes.get(2)),
                Math.toIntExact(planes.get(3)),
                cells(sidePixels),
                labels(model, classes),
                OnnxDetector.SUPPRESSION)));
    }

    /// The output with so many axes, and their lengths; empty where not exactly one has them.
    private static Optional<Map.Entry<String, List<Long>>> ranked(OnnxModel model, int axes) {
        var found = model.outputs().entrySet().stream()
                .filter(each -> each.getValue().shape().dimensions().size() == axes)
                .toList();
        return found.size() == 1
                ? Optional.of(Map.entry(
                        found.getFirst().getKey(),
                        found.getFirst().getValue().shape().dimensions()))
                : Optional.empty();
    }

    private static Optional<DetectorFormat> yolo(OnnxModel model, int sidePixels) throws ModelException {
        if (model.outputs().size() != 1) {
            return Optional.empty();
        }
        String name = model.outputs().keySet().iterator().next();
        List<Long> shape = model.outputs().values().iterator().next().shape().dimensions();
        if (shape.size() != 3) {
            return Optional.empty();
        }
        int rows = Math.toIntExact(shape.get(1));
        int columns = Math.toIntExact(shape.get(2));
        if (columns == cells(sidePixels) && rows > BOX) {
            var decoder = new YoloDecoder(name, rows - BOX, columns, labels(model, rows - BOX));
            return Optional.of(DetectorFormat.yolo(name, true, decoder));
        }
        if (rows == cells(sidePixels) && columns > BOX + 1) {
            int classes = columns - BOX - 1;
            var grid = new YoloxGrid(sidePixels, labels(model, classes).first(classes));
            return Optional.of(DetectorFormat.yolox(name, new YoloxDecoder(name, grid)));
        }
        if (columns == END_TO_END_ROW && rows > 0) {
            var decoder = new EndToEndDecoder(name, rows, labels(model, CocoLabels.ALL.size()));
            return Optional.of(DetectorFormat.yolo(name, false, decoder));
        }
        return Optional.empty();
    }

    /// The square side of a model's frame input, and its name; throws [ModelException] where it has none.
    static Map.Entry<String, Integer> frame(OnnxModel model) throws ModelException {
        var wanted = Set.of("images", "pixel_values", "image", "input");
        for (Map.Entry<String, TensorSpec> input : model.inputs().entrySet()) {
            TensorShape shape = input.getValue().shape();
            List<Long> sides = shape.dimensions();
            boolean square = sides.size() == 4
                    && sides.get(1) == 3
                    && sides.get(2) > 0
                    && sides.get(2).equals(sides.get(3));
            boolean floats = input.getValue().type() == ElementType.FLOAT32;
            if (wanted.contains(input.getKey()) && square && floats) {
                return Map.entry(input.getKey(), Math.toIntExact(sides.get(2)));
            }
        }
        throw new ModelException("model %s has the inputs %s, expected one frame N×3×side×side of float32"
                .formatted(model.name(), model.inputs()));
    }

    private static int cells(int sidePixels) {
        return STRIDES_PIXELS.stream()
                .mapToInt(stride -> (sidePixels / stride) * (sidePixels / stride))
                .sum();
    }

    private static Labels labels(OnnxModel model, int classes) throws ModelException {
        return Labels.of(model.metadata("names"), classes);
    }

    private static int side(Map<String, TensorSpec> outputs, String name, int axis) throws ModelException {
        TensorSpec spec = outputs.get(name);
        if (spec == null
                || spec.shape().dimensions().size() <= axis
                || spec.shape().dimensions().get(axis) < 1) {
            throw new ModelException("the output '" + name + "' is " + spec + ", which leaves its size open");
        }
        return Math.toIntExact(spec.shape().dimensions().get(axis));
    }
}
