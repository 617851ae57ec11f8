package dev.aerie.vision.detect;

import static java.util.Objects.requireNonNull;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A detector whose family is recognized by its outputs: YOLOX; YOLOv8, 11, 12; YOLOv10; RT-DETR, D-FINE; NanoDet.
/// Stateless.
///
/// Several may share one model; each owns the tensors it works with.
public final class OnnxDetector implements Detector {

    static final NonMaxSuppression SUPPRESSION = new NonMaxSuppression(0.45, 100);

    private final OnnxModel model;
    private final double minScore;
    private final String frameInput;
    private final int sidePixels;
    private final DetectorFormat format;
    private final boolean takesBatches;
    private final Map<Integer, Batch> batches = new HashMap<>();

    /// - `model`: lent, must outlive this
    /// - `minScore`: below which nothing is reported, 0..1
    /// - throws [ModelException] if the model's family is unknown
    public OnnxDetector(OnnxModel model, double minScore) throws ModelException {
        this.model = model;
        this.minScore = minScore;
        var frame = OutputRecognition.frame(model);
        this.frameInput = frame.getKey();
        this.sidePixels = frame.getValue();
        this.format = OutputRecognition.recognise(model, sidePixels);
        this.takesBatches = requireNonNull(model.inputs().get(frameInput))
                        .shape()
                        .dimensions()
                        .getFirst()
                < 0;
    }

    /// The class names of this model: those in its metadata, else COCO's.
    public static List<String> labelsOf(OnnxModel model) throws ModelException {
        return Labels.of(model.metadata("names"), CocoLabels.ALL.size()).all();
    }

    /// Whether the model runs over several frames at once.
    public boolean takesBatches() {
        return takesBatches;
    }

    @Override
    public DetectionResult detect(VideoFrame frame) throws ModelException {
        return run(List.of(frame)).getFirst();
    }

    /// The objects of each of `frames`, which are lent: in one run where the model takes batches, else one by one.
    public List<DetectionResult> detect(List<VideoFrame> frames) throws ModelException {
        if (takesBatches && !frames.isEmpty()) {
            return run(frames);
        }
        var results = new ArrayList<DetectionResult>();
        for (VideoFrame frame : frames) {
            results.add(detect(frame));
        }
        return results;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public void close() {
        batches.values().forEach(Batch::close);
        batches.clear();
    }

    private List<DetectionResult> run(List<VideoFrame> frames) throws ModelException {
        Batch inputs = batchOf(frames.size());
        List<Letterbox> letterboxes = inputs.draw(frames);
        try (var outputs = model.runWithFullCheck(inputs.tensors.asMap(), format.outputs())) {
            var results = new ArrayList<DetectionResult>();
            for (int i = 0; i < letterboxes.size(); i++) {
                results.add(result(format.decoder().read(outputs, i, letterboxes.get(i), minScore)));
            }
            return results;
        }
    }

    private DetectionResult result(List<Detection> found) {
        return new DetectionResult(
                format.needsNms() ? SUPPRESSION.keepBest(found) : List.copyOf(found), Optional.empty());
    }

    /// Kept from call to call, one for each number of frames.
    private Batch batchOf(int count) {
        return batches.computeIfAbsent(count, Batch::new);
    }

    /// The inputs of one run, and what draws frames into them.
    private final class Batch implements AutoCloseable {

        private final Tensors tensors = new Tensors();
        private final List<LetterboxCanvas> canvases = new ArrayList<>();

        private Batch(int count) {
            var shape = TensorShape.of(count, 3, sidePixels, sidePixels);
            var frames = Tensor.allocate(ElementType.FLOAT32, shape);
            tensors.put(frameInput, frames);
            if (model.inputs().containsKey(DetrDecoder.SIZES)) {
                tensors.put(DetrDecoder.SIZES, sizes(count));
            }
            for (int i = 0; i < count; i++) {
                canvases.add(new LetterboxCanvas(frames, i, sidePixels, format.inputSpec()));
            }
        }

        private Tensor sizes(int count) {
            var sizes = Tensor.allocate(ElementType.INT64, TensorShape.of(count, 2));
            var sides = sizes.longs();
            while (sides.hasRemaining()) {
                sides.put(sidePixels);
            }
            return sizes;
        }

        private List<Letterbox> draw(List<VideoFrame> frames) {
            var letterboxes = new ArrayList<Letterbox>();
            for (int i = 0; i < frames.size(); i++) {
                letterboxes.add(canvases.get(i).draw(frames.get(i)));
            }
            return letterboxes;
        }

        @Override
        public void close() {
            canvases.forEach(LetterboxCanvas::close);
            tensors.close();
        }
    }
}
