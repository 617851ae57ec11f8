package dev.aerie.frames.sight;

import dev.aerie.frames.prompt.PromptStrategies.DetectorSource;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.detect.OnnxDetector;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Optional;

/// Which detector looks at pictures: YOLOX where its model is installed, else whatever moves. Owns the
/// model that the detectors of all streams share.
final class Detectors implements AutoCloseable {

    static final String YOLOX = "yolox_nano";
    static final String MOTION = "motion";

    private static final int MAX_MOVING_OBJECTS = 50;

    private final Optional<OnnxModel> model;
    private final String reason;

    private Detectors(Optional<OnnxModel> model, String reason) {
        this.model = model;
        this.reason = reason;
    }

    /// Chooses by `name`: `auto`, `yolox_nano` or `motion`. Throws [ModelException] where YOLOX is asked
    /// for and cannot be had.
    static Detectors choose(String name, ModelStore models, Device device, int threads) throws ModelException {
        if (name.equals(MOTION)) {
            return new Detectors(Optional.empty(), "DETECTOR=motion");
        }
        Optional<Path> file = models.manifest().find(YOLOX).flatMap(models::installed);
        if (file.isPresent()) {
            var model = OnnxModel.open(file.get(), device, threads);
            return new Detectors(Optional.of(model), model.provider().reason());
        }
        String missing = YOLOX + " is not installed in " + models.directory();
        if (name.equals(YOLOX)) {
            throw new ModelException(missing + "; install it with ./aerie models import FILE");
        }
        return new Detectors(Optional.empty(), missing);
    }

    /// A detector for one more stream; whoever opens it closes it.
    Detector open() throws ModelException {
        return model.isPresent()
                ? new OnnxDetector(model.get(), ByteTrackConfig.DEFAULT.lowScore())
                : new MotionDetector(MAX_MOVING_OBJECTS);
    }

    /// What opens detectors of a model; empty where whatever moves stands in for one.
    Optional<DetectorSource> ofModel() {
        return model.map(_ -> this::open);
    }

    /// As messages name it.
    String name() {
        return model.map(OnnxModel::name).orElse(MOTION);
    }

    /// Why it is this one, in one line.
    String reason() {
        return reason;
    }

    boolean isMotion() {
        return model.isEmpty();
    }

    @Override
    public void close() {
        model.ifPresent(OnnxModel::close);
    }
}
