package dev.aerie.vision.detect;

import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A detector whose family is recognized by its outputs: YOLOX; YOLOv8, 11, 12; YOLOv10; RT-DETR, D-FINE; NanoDet.
/// Stateless.
///
/// Several may share one model; each owns the tensors it works with.
public final class OnnxDetector implements Detector {

    /// Long side of the input of a model that takes any size.
    public static final int DEFAULT_LONG_SIDE_PIXELS = 640;

    static final NonMaxSuppression SUPPRESSION = new NonMaxSuppression(0.45, 100);

    private static final Logger LOG = LoggerFactory.getLogger(OnnxDetector.class);

    /// Of the run that tells the outputs of a model that takes any size: its grids have 126 cells, which no other
    /// number of an output is likely to be.
    private static final FrameSize PROBE = new FrameSize(96, 64);

    /// Inputs of so many numbers of frames and sizes are kept; where another comes, all are made anew.
    private static final int MAX_KEPT_BATCHES = 16;

    private final OnnxModel model;
    private final double minScore;
    private final FrameInput input;
    private final int longSidePixels;
    private final DetectorFormat format;
    private final Map<BatchSize, Batch> batches = new HashMap<>();

    /// With inputs of [#DEFAULT_LONG_SIDE_PIXELS] where `model` takes any size.
    public OnnxDetector(OnnxModel model, double minScore) throws ModelException {
        this(model, minScore, DEFAULT_LONG_SIDE_PIXELS);
    }

    /// - `model`: lent, must outlive this
    /// - `minScore`: below which nothing is reported, 0..1
    /// - `longSidePixels`: of the input, a multiple of 32, where the model takes any size; else its own size counts
    /// - throws [ModelException] if the model's family is unknown
    public OnnxDetector(OnnxModel model, double minScore, int longSidePixels) throws ModelException {
        if (longSidePixels < CellGrids.MAX_STRIDE_PIXELS || longSidePixels % CellGrids.MAX_STRIDE_PIXELS != 0) {
            throw new IllegalArgumentException(
                    "a detector's input is a multiple of 32 pixels long, was " + longSidePixels);
        }
        this.model = model;
        this.minScore = minScore;
        this.longSidePixels = longSidePixels;
        this.input = OutputRecognition.frame(model);
        this.format = input.size().isPresent()
                ? OutputRecognition.recognise(
                        model, declared(model), input.size().get())
                : OutputRecognition.recognise(model, probe(), PROBE);
    }

    /// Opens the model in `file` for detectors, in the sizes of the frames where it can: YOLOX is exported for one
    /// square size, but convolutions take any.
    ///
    /// - throws [ModelException] if the file cannot be read or is no model
    public static OnnxModel openModel(Path file, InferenceDevice device) throws ModelException {
        Graph graph = Graph.read(file);
        OnnxModel model = OnnxModel.open(graph, device);
        try {
            // Engines of TensorRT and programs of CoreML are compiled for one size.
            boolean isCompiled = !(model.provider().device() == Device.CPU
                    || model.provider().device() == Device.CUDA);
            if (isCompiled || !isFixedYolox(model)) {
                return model;
            }
            OnnxModel open = openSides(graph, device);
            model.close();
            return open;
        } catch (ModelException e) {
            LOG.info("detector keeps its input size model={} cause={}", model.name(), e.getMessage());
            return model;
        }
    }

    private static boolean isFixedYolox(OnnxModel model) throws ModelException {
        try (var detector = new OnnxDetector(model, 1)) {
            return detector.input.size().isPresent() && detector.format.decoder() instanceof YoloxDecoder;
        }
    }

    /// Throws [ModelException] where the network does not run in another size, or gives something else.
    private static OnnxModel openSides(Graph graph, InferenceDevice device) throws ModelException {
        OnnxModel open = OnnxModel.open(graph.withOpenSides(), device);
        try (var detector = new OnnxDetector(open, 1)) {
            if (detector.format.decoder() instanceof YoloxDecoder) {
                return open;
            }
            throw new ModelException("its outputs in another size are not YOLOX's");
        } catch (ModelException e) {
            open.close();
            throw e;
        }
    }

    /// The shapes of the outputs as the model says them.
    private static Map<String, TensorShape> declared(OnnxModel model) {
        var shapes = new LinkedHashMap<String, TensorShape>();
        model.outputs().forEach((name, spec) -> shapes.put(name, spec.shape()));
        return shapes;
    }

    /// The shapes of the outputs where the input is of size [#PROBE].
    private Map<String, TensorShape> probe() throws ModelException {
        try (var in = new Tensors()) {
            in.put(input.name(), Tensor.allocate(ElementType.FLOAT32, FrameInput.shape(1, PROBE)));
            if (model.inputs().containsKey(DetrDecoder.SIZES)) {
                in.put(DetrDecoder.SIZES, sizes(1, PROBE));
            }
            try (var outputs =
                    model.runWithFullCheck(in.asMap(), model.outputs().keySet())) {
                var shapes = new LinkedHashMap<String, TensorShape>();
                outputs.names()
                        .forEach(name -> shapes.put(name, outputs.get(name).shape()));
                return shapes;
            }
        }
    }

    /// The class names of this model: those in its metadata, else COCO's.
    public static List<String> labelsOf(OnnxModel model) throws ModelException {
        return Labels.of(model.metadata("names"), CocoLabels.ALL.size()).all();
    }

    /// Whether the model runs over several frames at once.
    public boolean takesBatches() {
        return input.takesBatches();
    }

    @Override
    public DetectionResult detect(VideoFrame frame) throws ModelException {
        return run(List.of(frame)).getFirst();
    }

    /// The objects of each of `frames`, which are lent: in one run where the model takes batches and all need the same
    /// input size, else one by one.
    public List<DetectionResult> detect(List<VideoFrame> frames) throws ModelException {
        if (input.takesBatches()
                && frames.stream().map(this::inputSize).distinct().count() == 1) {
            return run(frames);
        }
        var results = new ArrayList<DetectionResult>();
        for (VideoFrame frame : frames) {
            results.add(detect(frame));
        }
        return results;
    }

    private FrameSize inputSize(VideoFrame frame) {
        return input.sizeFor(frame.size(), longSidePixels);
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
        Batch inputs = batchOf(new BatchSize(frames.size(), inputSize(frames.getFirst())));
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

    /// Kept from call to call, one for each number of frames and size.
    private Batch batchOf(BatchSize size) {
        if (batches.size() >= MAX_KEPT_BATCHES && !batches.containsKey(size)) {
            close();
        }
        return batches.computeIfAbsent(size, Batch::new);
    }

    /// `count` × 2: width and height.
    private static Tensor sizes(int count, FrameSize size) {
        var sizes = Tensor.allocate(ElementType.INT64, TensorShape.of(count, 2));
        var sides = sizes.longs();
        while (sides.hasRemaining()) {
            sides.put(size.widthPixels()).put(size.heightPixels());
        }
        return sizes;
    }

    private record BatchSize(int count, FrameSize size) {}

    /// The inputs of one run, and what draws frames into them.
    private final class Batch implements AutoCloseable {

        private final Tensors tensors = new Tensors();
        private final List<LetterboxCanvas> canvases = new ArrayList<>();

        private Batch(BatchSize batch) {
            var frames = Tensor.allocate(ElementType.FLOAT32, FrameInput.shape(batch.count(), batch.size()));
            tensors.put(input.name(), frames);
            if (model.inputs().containsKey(DetrDecoder.SIZES)) {
                tensors.put(DetrDecoder.SIZES, sizes(batch.count(), batch.size()));
            }
            for (int i = 0; i < batch.count(); i++) {
                canvases.add(new LetterboxCanvas(frames, i, batch.size(), format.inputSpec()));
            }
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
