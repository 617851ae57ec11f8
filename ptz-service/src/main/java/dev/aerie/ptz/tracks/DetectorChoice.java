package dev.aerie.ptz.tracks;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.detect.OnnxDetector;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The detector that this service looks with, beside and faster than frame-processor. Owns the model that the
/// detectors of all streams share.
public final class DetectorChoice implements AutoCloseable {

    /// A small model if it is installed, else motion.
    public static final String AUTO = "auto";

    public static final String MOTION = "motion";

    /// Cameras are moved by hand and by presets alone.
    public static final String NONE = "none";

    /// Those that `auto` takes where they are installed, the best first.
    private static final List<String> DEFAULT_MODELS = List.of("yolox_nano", "nanodet");

    private static final double MIN_SCORE = ByteTrackConfig.DEFAULT.lowScore();
    private static final int MAX_MOVING_OBJECTS = 50;

    private final String name;
    private final String reason;
    private final Optional<OnnxModel> model;
    private final int longSidePixels;

    private DetectorChoice(String name, String reason, Optional<OnnxModel> model, int longSidePixels) {
        this.name = name;
        this.reason = reason;
        this.model = model;
        this.longSidePixels = longSidePixels;
    }

    /// Chooses by `name`: [#AUTO], [#MOTION], [#NONE], a model of the manifest, or an ONNX file, whose path begins at
    /// the folder of the models unless it is absolute.
    ///
    /// - `longSidePixels`: of the model's input where it takes any size, a multiple of 32
    /// - throws [ModelException] where the model is not there, or is no detector
    public static DetectorChoice of(String name, int longSidePixels, ModelStore models, InferenceDevice device)
            throws ModelException {
        if (name.equals(MOTION) || name.equals(NONE)) {
            return new DetectorChoice(name, "PTZ_DETECTOR=" + name, Optional.empty(), longSidePixels);
        }
        if (!name.equals(AUTO)) {
            return open(file(name, models), longSidePixels, device);
        }
        Optional<Path> installed = DEFAULT_MODELS.stream()
                .flatMap(each -> models.manifest().find(each).stream())
                .flatMap(each -> models.installed(each).stream())
                .findFirst();
        return installed.isPresent()
                ? open(installed.get(), longSidePixels, device)
                : new DetectorChoice(
                        MOTION,
                        "none of " + String.join(", ", DEFAULT_MODELS) + " is installed in " + models.directory(),
                        Optional.empty(),
                        longSidePixels);
    }

    private static Path file(String name, ModelStore models) throws ModelException {
        Optional<Model> known = models.manifest().find(name);
        Path file = known.isPresent()
                ? models.installed(known.get())
                        .orElseThrow(() -> new ModelException(name + " is not installed in " + models.directory()
                                + "; install it with ./aerie models import FILE"))
                : models.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("PTZ_DETECTOR=" + name + ": neither a model of the manifest nor a file " + file);
        }
        return file;
    }

    private static DetectorChoice open(Path file, int longSidePixels, InferenceDevice device) throws ModelException {
        var model = OnnxDetector.openModel(file, device);
        try (var detector = new OnnxDetector(model, MIN_SCORE, longSidePixels)) {
            return new DetectorChoice(
                    detector.name(), model.provider().reason() + "; " + file, Optional.of(model), longSidePixels);
        } catch (ModelException e) {
            model.close();
            throw e;
        }
    }

    /// A detector for one more stream, which the caller closes; empty where nothing is to be detected.
    public Optional<Detector> open() throws ModelException {
        if (model.isPresent()) {
            return Optional.of(new OnnxDetector(model.get(), MIN_SCORE, longSidePixels));
        }
        return name.equals(MOTION) ? Optional.of(new MotionDetector(MAX_MOVING_OBJECTS)) : Optional.empty();
    }

    /// As messages name it: `yolox_nano`, `motion`, `none`.
    public String name() {
        return name;
    }

    /// Why it was chosen.
    public String reason() {
        return reason;
    }

    @Override
    public void close() {
        model.ifPresent(OnnxModel::close);
    }
}
