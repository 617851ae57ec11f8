package dev.aerie.frames.sight;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.detect.YoloxDetector;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.track.DetectingTracker;
import dev.aerie.vision.track.VideoTracker;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What looks at pictures here: YOLOX where its model is installed, else whatever moves.
///
/// Owns the model that the trackers of all streams share; close it after the last of them.
public final class Sight implements VideoTracker.Factory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sight.class);
    private static final String YOLOX = "yolox_nano";
    private static final int MAX_MOVING_OBJECTS = 50;

    private final Optional<OnnxModel> model;
    private final String reason;

    private Sight(Optional<OnnxModel> model, String reason) {
        this.model = model;
        this.reason = reason;
        LOG.info("detector chosen model={} cause={}", modelName(), reason);
    }

    /// Chooses by `type`: `auto`, `yolox_nano` or `motion`. Throws [ModelException] where YOLOX is asked for and
    /// cannot be had.
    public static Sight choose(String type, ModelStore models, Device device, int threads) throws ModelException {
        if (type.equals("motion")) {
            return new Sight(Optional.empty(), "VIDEO_TRACKER_TYPE=motion");
        }
        Optional<Path> file = models.manifest().find(YOLOX).flatMap((Model known) -> models.installed(known));
        if (file.isPresent()) {
            var model = OnnxModel.open(file.get(), device, threads);
            return new Sight(Optional.of(model), model.provider().reason());
        }
        String missing = YOLOX + " is not installed in " + models.directory();
        if (type.equals(YOLOX)) {
            throw new ModelException(missing + "; install it with ./aerie models import FILE");
        }
        return new Sight(Optional.empty(), missing);
    }

    @Override
    public VideoTracker open() throws ModelException {
        return new DetectingTracker(
                detector(), new ByteTrack(model.isPresent() ? ByteTrackConfig.DEFAULT : ByteTrackConfig.SHY));
    }

    /// As messages name it: `yolox_nano` or `motion`.
    public String modelName() {
        return model.map(OnnxModel::name).orElse("motion");
    }

    /// Why it is this one, in one line.
    public String reason() {
        return reason;
    }

    @Override
    public void close() {
        model.ifPresent(OnnxModel::close);
    }

    private Detector detector() throws ModelException {
        return model.isPresent()
                ? new YoloxDetector(model.get(), ByteTrackConfig.DEFAULT.lowScore())
                : new MotionDetector(MAX_MOVING_OBJECTS);
    }
}
