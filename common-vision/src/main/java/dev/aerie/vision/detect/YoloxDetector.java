package dev.aerie.vision.detect;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.util.Map;
import java.util.Optional;

/// YOLOX: finds the 80 kinds of things of COCO. Needs no memory of earlier pictures.
///
/// Several may share one model; each owns the tensors it works with. Source: YOLOX (Ge et al. 2021).
public final class YoloxDetector implements Detector {

    private static final String INPUT = "images";
    private static final String OUTPUT = "output";
    private static final int SIDE_PIXELS = 416;
    private static final NonMaxSuppression SUPPRESSION = new NonMaxSuppression(0.45, 100);

    private final OnnxModel model;
    private final double minScore;
    private final YoloxGrid grid;
    private final Tensor input;
    private final Tensor output;
    private final LetterboxCanvas canvas;

    /// - `model`: input `images` 1×3×416×416, output `output` 1×3549×85; lent, must outlive this
    /// - `minScore`: below which nothing is reported, 0..1
    /// - throws [ModelException] if the model has another shape
    public YoloxDetector(OnnxModel model, double minScore) throws ModelException {
        this.model = model;
        this.minScore = minScore;
        this.grid = new YoloxGrid(SIDE_PIXELS, CocoLabels.ALL);
        var inputShape = TensorShape.of(1L, 3L, (long) SIDE_PIXELS, (long) SIDE_PIXELS);
        var outputShape = TensorShape.of(1L, (long) grid.cells(), (long) grid.rowLength());
        model.require(INPUT, inputShape, OUTPUT, outputShape);
        this.input = Tensor.allocate(ElementType.FLOAT32, inputShape);
        this.output = Tensor.allocate(ElementType.FLOAT32, outputShape);
        this.canvas = new LetterboxCanvas(input, SIDE_PIXELS);
    }

    @Override
    public Sighting detect(VideoFrame frame) throws ModelException {
        Letterbox letterbox = canvas.draw(frame);
        model.run(Map.of(INPUT, input), Map.of(OUTPUT, output));
        var candidates = grid.decode(output.floats(), letterbox, minScore);
        return new Sighting(SUPPRESSION.keepBest(candidates), Optional.empty());
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public void close() {
        canvas.close();
        output.close();
        input.close();
    }
}
