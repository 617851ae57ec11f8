package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// YOLOv8-seg, YOLO11-seg and FastSAM as Ultralytics exports them: N × (4 + classes + prototypes) × cells as
/// [YoloDecoder], then a coefficient of each prototype; and the prototypes, N × prototypes × height × width.
///
/// The logits of a mask are the sum of the prototypes by their coefficients, within the box. Source: YOLACT (Bolya et
/// al. 2019), section 3. Non-maximum suppression is done here, so that only masks that are kept are computed.
///
/// - `prototypeOutput`: its prototypes cover the input
record YoloMaskDecoder(
        String boxOutput,
        String prototypeOutput,
        int classes,
        int prototypes,
        Labels labels,
        NonMaxSuppression suppression)
        implements OutputDecoder {

    /// Logit of a cell outside the box.
    private static final float OUTSIDE = -2;

    Set<String> outputs() {
        return Set.of(boxOutput, prototypeOutput);
    }

    /// A detection whose mask is not computed yet, and its column.
    private record Unmasked(Detection detection, int cell) {}

    /// Of one frame: `values` are prototypes × height × width.
    private record Prototypes(FloatBuffer values, int height, int width) {

        static Prototypes of(Tensor tensor, int index) {
            List<Long> sides = tensor.shape().dimensions();
            int height = Math.toIntExact(sides.get(2));
            int width = Math.toIntExact(sides.get(3));
            int elements = Math.toIntExact(sides.get(1)) * height * width;
            return new Prototypes(tensor.floats().slice(index * elements, elements), height, width);
        }
    }

    @Override
    public List<Detection> read(Tensors outputs, int index, Letterbox letterbox, double minScore) {
        int cells = CellGrids.cells(letterbox.input());
        int elements = (YoloColumns.BOX + classes + prototypes) * cells;
        var columns =
                new YoloColumns(outputs.get(boxOutput).floats().slice(index * elements, elements), classes, cells);
        var protos = Prototypes.of(outputs.get(prototypeOutput), index);
        var found = new ArrayList<Detection>();
        for (Unmasked kept : kept(columns, letterbox, minScore)) {
            Detection box = kept.detection();
            var mask = mask(columns, kept.cell(), protos, box.box(), letterbox);
            found.add(new Detection(box.box(), box.label(), box.score(), Optional.of(mask)));
        }
        return found;
    }

    private List<Unmasked> kept(YoloColumns columns, Letterbox letterbox, double minScore) {
        var candidates = new ArrayList<Unmasked>();
        for (int cell = 0; cell < columns.cells(); cell++) {
            int best = columns.bestClass(cell);
            float score = columns.score(best, cell);
            if (score >= minScore) {
                var box = columns.box(cell, letterbox);
                if (box.widthPixels() > 0 && box.heightPixels() > 0) {
                    candidates.add(new Unmasked(new Detection(box, labels.label(best), Math.min(1, score)), cell));
                }
            }
        }
        candidates.sort(
                Comparator.comparingDouble((Unmasked each) -> each.detection().score())
                        .reversed());
        Set<Detection> best = Collections.newSetFromMap(new IdentityHashMap<>());
        best.addAll(suppression.keepBest(
                candidates.stream().map(Unmasked::detection).toList()));
        return candidates.stream()
                .filter(each -> best.contains(each.detection()))
                .toList();
    }

    /// On a grid over the frame, about as fine as the prototypes.
    private MaskLogits mask(YoloColumns columns, int cell, Prototypes protos, Box box, Letterbox letterbox) {
        double cellsPerPixelX = (double) protos.width() / letterbox.input().widthPixels();
        double cellsPerPixelY = (double) protos.height() / letterbox.input().heightPixels();
        var covered = letterbox.covered();
        int width = Math.max(1, (int) Math.round(covered.widthPixels() * cellsPerPixelX));
        int height = Math.max(1, (int) Math.round(covered.heightPixels() * cellsPerPixelY));
        int left = Math.clamp(Math.round(letterbox.leftPixels() * cellsPerPixelX), 0, protos.width() - width);
        int top = Math.clamp(Math.round(letterbox.topPixels() * cellsPerPixelY), 0, protos.height() - height);
        double columnsPerPixel = (double) width / letterbox.frame().widthPixels();
        double rowsPerPixel = (double) height / letterbox.frame().heightPixels();
        var logits = new float[width * height];
        Arrays.fill(logits, OUTSIDE);
        int right = (int) Math.min(width, Math.ceil(box.rightPixels() * columnsPerPixel));
        int bottom = (int) Math.min(height, Math.ceil(box.bottomPixels() * rowsPerPixel));
        for (int y = (int) (box.topPixels() * rowsPerPixel); y < bottom; y++) {
            for (int x = (int) (box.leftPixels() * columnsPerPixel); x < right; x++) {
                float sum = 0;
                int at = (top + y) * protos.width() + left + x;
                for (int i = 0; i < prototypes; i++) {
                    sum += columns.other(i, cell) * protos.values().get(i * protos.width() * protos.height() + at);
                }
                logits[y * width + x] = sum;
            }
        }
        return new MaskLogits(width, height, logits);
    }
}
