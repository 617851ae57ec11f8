package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.detect.TiledDetector;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.moving.MotionNetwork;
import dev.aerie.vision.moving.MotionNetworkDetector;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.prompt.PromptStrategies.DetectorSource;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.text.GroundingDino;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Chooses the detector: a model, or motion, by the network that comes with Aerie or without one. Where motion proposes
/// the objects, a model that is installed names them. Owns the networks that the detectors of all streams share, but
/// for Grounding DINO, which is lent.
final class DetectorFactory implements AutoCloseable {

    private static final String AUTO = "auto";

    /// Those that `auto` takes where they are installed, the best first.
    private static final List<String> DEFAULTS = List.of("yolox_nano", "nanodet");

    private static final String MOTION = "motion";
    private static final int MAX_MOVING_OBJECTS = 50;

    private final Optional<DetectorModel> model;
    private final boolean isModelProposing;
    private final Optional<MotionNetwork> motionNetwork;
    private final int tiles;
    private final String reason;

    /// - `isModelProposing`: whether the model's detections become tracks; else it names what moves
    /// - `motionNetwork`: empty where motion is found without it
    /// - `tiles`: side by side, that the model also looks at; 1 for none
    private DetectorFactory(
            Optional<DetectorModel> model,
            boolean isModelProposing,
            Optional<MotionNetwork> motionNetwork,
            int tiles,
            String reason) {
        this.model = model;
        this.isModelProposing = isModelProposing;
        this.motionNetwork = motionNetwork;
        this.tiles = tiles;
        this.reason = reason;
    }

    private static DetectorFactory proposing(DetectorModel model, int tiles, InferenceDevice inferenceDevice)
            throws ModelException {
        try {
            return new DetectorFactory(
                    Optional.of(model), true, Optional.of(MotionNetwork.open(inferenceDevice)), tiles, model.reason());
        } catch (ModelException e) {
            model.close();
            throw e;
        }
    }

    /// - `names`: opened, names what moves
    private static DetectorFactory motion(
            Optional<DetectorModel> names, boolean isByNetwork, String reason, InferenceDevice inferenceDevice)
            throws ModelException {
        String named = names.map(model -> reason + "; " + model.name() + " names what moves")
                .orElse(reason);
        try {
            return new DetectorFactory(
                    names,
                    false,
                    isByNetwork ? Optional.of(MotionNetwork.open(inferenceDevice)) : Optional.empty(),
                    1,
                    named);
        } catch (ModelException e) {
            names.ifPresent(DetectorModel::close);
            throw e;
        }
    }

    /// Chooses by `config`: `auto`, `motion`, `motion_network`, `grounding_dino`, a model of the manifest, or the ONNX
    /// file of another, whose path begins at the folder of the models unless it is absolute.
    ///
    /// - `text`: lent
    /// - throws [ModelException] where the detector named is not available or not a detector
    static DetectorFactory choose(
            TrackerConfig config, TextSearch text, ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        String name = config.detector();
        if (name.equals(MOTION) || name.equals(MotionNetwork.NAME)) {
            return motion(
                    openNames(models, config, inferenceDevice),
                    name.equals(MotionNetwork.NAME),
                    "DETECTOR=" + name,
                    inferenceDevice);
        }
        if (name.equals(GroundingDino.NAME)) {
            if (text.unavailableReason().isPresent()) {
                throw new ModelException(
                        "DETECTOR=" + name + ", but " + text.unavailableReason().get());
            }
            return proposing(
                    WordsModel.of(text.detector(), config.classes()),
                    config.detectorInput().tiles(),
                    inferenceDevice);
        }
        Optional<Path> file = name.equals(AUTO) ? installedDefault(models) : Optional.of(file(name, models));
        return file.isPresent()
                ? proposing(
                        ExportedModel.open(
                                file.get(),
                                config.classes(),
                                config.batches(),
                                config.detectorInput().longSidePixels(),
                                inferenceDevice),
                        config.detectorInput().tiles(),
                        inferenceDevice)
                : motion(
                        Optional.empty(),
                        true,
                        "none of " + String.join(", ", DEFAULTS) + " is installed in " + models.directory(),
                        inferenceDevice);
    }

    /// The model that names what moves, if one is installed: by all its classes, whichever are tracked.
    private static Optional<DetectorModel> openNames(
            ModelStore models, TrackerConfig config, InferenceDevice inferenceDevice) throws ModelException {
        Optional<Path> file = installedDefault(models);
        return file.isPresent()
                ? Optional.of(ExportedModel.open(
                        file.get(),
                        TrackedClasses.ALL,
                        config.batches(),
                        config.detectorInput().longSidePixels(),
                        inferenceDevice))
                : Optional.empty();
    }

    private static Optional<Path> installedDefault(ModelStore models) {
        return DEFAULTS.stream()
                .flatMap(each -> models.manifest().find(each).stream())
                .flatMap(each -> models.installed(each).stream())
                .findFirst();
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

    /// A detector for one more stream; whoever opens it closes it.
    ///
    /// - `recorder`: of that stream
    Detector open(DetectionRecorder recorder) throws ModelException {
        return isModelProposing
                ? new ClassFilteredDetector(
                        openForAllClasses(recorder), model.orElseThrow().classes())
                : openMotion(recorder);
    }

    private Detector openForAllClasses(DetectionRecorder recorder) throws ModelException {
        Detector detector = model.orElseThrow().open();
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

    /// Opens detectors of the model for one stream; empty where none is installed.
    ///
    /// - `recorder`: of that stream
    Optional<DetectorSource> source(DetectionRecorder recorder) {
        return model.map(_ -> new Source(recorder));
    }

    /// The model's class names, in lower case; empty where none is installed.
    List<String> labels() {
        return model.map(DetectorModel::labels).orElse(List.of());
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
            return DetectorFactory.this.labels();
        }

        @Override
        public boolean isProposing() {
            return isModelProposing;
        }

        @Override
        public boolean isNaming() {
            return model.filter(DetectorModel::isFast).isPresent();
        }
    }

    /// As messages name it.
    String name() {
        return model.filter(_ -> isModelProposing)
                .map(DetectorModel::name)
                .or(() -> motionNetwork.map(_ -> MotionNetwork.NAME))
                .orElse(MOTION);
    }

    /// Why it was chosen, in one line.
    String reason() {
        return reason;
    }

    /// What the model runs on; empty where none is installed.
    Optional<ExecutionProvider> provider() {
        return model.map(DetectorModel::provider);
    }

    /// Counts of the runs of each network that it owns.
    List<ModelStatistics> statistics() {
        return Stream.concat(
                        model.map(DetectorModel::statistics).orElse(List.of()).stream(),
                        motionNetwork.map(MotionNetwork::statistics).stream())
                .toList();
    }

    boolean isMotion() {
        return !isModelProposing;
    }

    /// Whether what moves is found by the network.
    boolean isMotionByNetwork() {
        return motionNetwork.isPresent();
    }

    @Override
    public void close() {
        model.ifPresent(DetectorModel::close);
        motionNetwork.ifPresent(MotionNetwork::close);
    }
}
