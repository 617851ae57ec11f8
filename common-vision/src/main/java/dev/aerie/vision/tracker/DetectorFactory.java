package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.BatchConfig;
import dev.aerie.vision.detect.DetectionBatches;
import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.detect.OnnxDetector;
import dev.aerie.vision.detect.TiledDetector;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.moving.MotionNetwork;
import dev.aerie.vision.moving.MotionNetworkDetector;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.prompt.PromptStrategies.DetectorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Chooses the detector: a model, or motion, by the network that comes with Aerie or without one. Owns the networks
/// that the detectors of all streams share.
final class DetectorFactory implements AutoCloseable {

    private static final String AUTO = "auto";

    /// Those that `auto` takes where they are installed, the best first.
    private static final List<String> DEFAULTS = List.of("yolox_nano", "nanodet");

    private static final String MOTION = "motion";
    private static final double MIN_SCORE = ByteTrackConfig.DEFAULT.lowScore();

    private static final int MAX_MOVING_OBJECTS = 50;

    private final Optional<OnnxModel> model;
    private final Optional<DetectionBatches> batches;
    private final Optional<MotionNetwork> motionNetwork;
    private final List<String> labels;
    private final TrackedClasses classes;
    private final int tiles;
    private final String reason;

    /// - `batches`: of that model; empty where each stream runs it by itself
    /// - `labels`: the names that the model can give, in lower case
    private DetectorFactory(
            Optional<OnnxModel> model,
            Optional<DetectionBatches> batches,
            Optional<MotionNetwork> motionNetwork,
            List<String> labels,
            TrackedClasses classes,
            int tiles,
            String reason) {
        this.model = model;
        this.batches = batches;
        this.motionNetwork = motionNetwork;
        this.labels = labels;
        this.classes = classes;
        this.tiles = tiles;
        this.reason = reason;
    }

    private static DetectorFactory motion(Optional<MotionNetwork> network, String reason) {
        return new DetectorFactory(
                Optional.empty(),
                Optional.empty(),
                network,
                List.of(),
                new TrackedClasses(Optional.empty()),
                1,
                reason);
    }

    /// Chooses by `name`: `auto`, `motion`, `motion_network`, a model of the manifest, or the ONNX file of another,
    /// whose path begins at the folder of the models unless it is absolute.
    ///
    /// - `classes`: that are tracked
    /// - `batchConfig`: how streams share runs of a model that takes several frames
    /// - `tiles`: side by side, that a model also looks at; 1 for none
    /// - throws [ModelException] where the detector named is not available or not a detector
    static DetectorFactory choose(
            String name,
            String classes,
            BatchConfig batchConfig,
            int tiles,
            ModelStore models,
            InferenceDevice inferenceDevice)
            throws ModelException {
        if (name.equals(MOTION)) {
            return motion(Optional.empty(), "DETECTOR=motion");
        }
        if (name.equals(MotionNetwork.NAME)) {
            return motion(Optional.of(MotionNetwork.open()), "DETECTOR=motion_network");
        }
        if (!name.equals(AUTO)) {
            return open(file(name, models), classes, batchConfig, tiles, inferenceDevice);
        }
        Optional<Path> defaults = DEFAULTS.stream()
                .flatMap(each -> models.manifest().find(each).stream())
                .flatMap(each -> models.installed(each).stream())
                .findFirst();
        return defaults.isPresent()
                ? open(defaults.get(), classes, batchConfig, tiles, inferenceDevice)
                : motion(
                        Optional.empty(),
                        "none of " + String.join(", ", DEFAULTS) + " is installed in " + models.directory());
    }

    private static Path file(String name, ModelStore models) throws ModelException {
        Optional<Model> known = models.manifest().find(name);
        if (known.isPresent()) {
            if (!known.get().format().isSelfContained()) {
                throw new ModelException("DETECTOR=" + name + " is not a detector: it "
                        + known.get().purpose());
            }
            return models.installed(known.get())
                    .orElseThrow(() -> new ModelException(name + " is not installed in " + models.directory()
                            + "; install it with ./aerie models import FILE"));
        }
        Path file = models.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("DETECTOR=" + name + ": neither a model of the manifest nor a file " + file);
        }
        return file;
    }

    private static DetectorFactory open(
            Path file, String classes, BatchConfig batchConfig, int tiles, InferenceDevice inferenceDevice)
            throws ModelException {
        var model = OnnxModel.open(file, inferenceDevice);
        try (var detector = new OnnxDetector(model, MIN_SCORE)) {
            var labels = OnnxDetector.labelsOf(model).stream()
                    .map(label -> label.toLowerCase(Locale.ROOT))
                    .toList();
            var tracked = TrackedClasses.parse(classes, detector.name(), labels);
            var batches = batchConfig.maxFrames() > 1 && detector.takesBatches()
                    ? Optional.of(new DetectionBatches(new OnnxDetector(model, MIN_SCORE), batchConfig))
                    : Optional.<DetectionBatches>empty();
            return new DetectorFactory(
                    Optional.of(model),
                    batches,
                    Optional.empty(),
                    labels,
                    tracked,
                    tiles,
                    model.provider().reason() + "; " + detector.name() + " is " + file
                            + (batchConfig.maxFrames() > 1 && batches.isEmpty()
                                    ? "; it takes one frame at a time"
                                    : ""));
        } catch (ModelException e) {
            model.close();
            throw e;
        }
    }

    /// A detector for one more stream; whoever opens it closes it.
    ///
    /// - `recorder`: of that stream
    Detector open(DetectionRecorder recorder) throws ModelException {
        return model.isPresent()
                ? new ClassFilteredDetector(openForAllClasses(recorder), classes)
                : openMotion(recorder);
    }

    private Detector openForAllClasses(DetectionRecorder recorder) throws ModelException {
        Detector detector =
                batches.isPresent() ? batches.get().open() : new OnnxDetector(model.orElseThrow(), MIN_SCORE);
        return recorder.recording(tiles > 1 ? new TiledDetector(detector, tiles) : detector);
    }

    /// A detector of what moves for one more stream; whoever opens it closes it.
    ///
    /// - `recorder`: of that stream
    Detector openMotion(DetectionRecorder recorder) {
        return recorder.recording(motionNetwork
                .<Detector>map(network -> new MotionNetworkDetector(network, MAX_MOVING_OBJECTS))
                .orElseGet(() -> new MotionDetector(MAX_MOVING_OBJECTS)));
    }

    /// Opens detectors of the model for one stream; empty where motion replaces it.
    ///
    /// - `recorder`: of that stream
    Optional<DetectorSource> source(DetectionRecorder recorder) {
        return model.map(_ -> new Source(recorder));
    }

    /// The model's class names, in lower case; empty where motion replaces it.
    List<String> labels() {
        return labels;
    }

    /// Opens detectors of one model.
    private final class Source implements DetectorSource {

        private final DetectionRecorder recorder;

        Source(DetectionRecorder recorder) {
            this.recorder = recorder;
        }

        @Override
        public Detector open() throws ModelException {
            return DetectorFactory.this.open(recorder);
        }

        @Override
        public Detector openForAllClasses() throws ModelException {
            return DetectorFactory.this.openForAllClasses(recorder);
        }

        @Override
        public List<String> labels() {
            return labels;
        }
    }

    /// As messages name it.
    String name() {
        return model.map(OnnxModel::name)
                .or(() -> motionNetwork.map(_ -> MotionNetwork.NAME))
                .orElse(MOTION);
    }

    /// Why it was chosen, in one line.
    String reason() {
        return reason;
    }

    /// What the model runs on; empty where motion replaces it.
    Optional<ExecutionProvider> provider() {
        return model.map(OnnxModel::provider);
    }

    /// Counts of the runs of each network.
    List<ModelStatistics> statistics() {
        return Stream.concat(
                        model.map(OnnxModel::statistics).stream(),
                        motionNetwork.map(MotionNetwork::statistics).stream())
                .toList();
    }

    boolean isMotion() {
        return model.isEmpty();
    }

    boolean isMotionNetwork() {
        return model.isEmpty() && motionNetwork.isPresent();
    }

    @Override
    public void close() {
        batches.ifPresent(DetectionBatches::close);
        model.ifPresent(OnnxModel::close);
        motionNetwork.ifPresent(MotionNetwork::close);
    }
}
