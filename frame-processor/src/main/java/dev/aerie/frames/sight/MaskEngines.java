package dev.aerie.frames.sight;

import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import java.util.Optional;

/// Which tracker of masks is used, if any. Owns what its trackers share.
final class MaskEngines implements AutoCloseable {

    private final Optional<MaskTracker.Factory> factory;
    private final String reason;

    private MaskEngines(Optional<MaskTracker.Factory> factory, String reason) {
        this.factory = factory;
        this.reason = reason;
    }

    /// Chooses by `tracker`; throws [ModelException] where one is asked for by name and cannot be had.
    static MaskEngines choose(String tracker, ModelStore models, Device device, int threads) throws ModelException {
        return new MaskEngines(Optional.empty(), "VIDEO_TRACKER_TYPE=" + tracker);
    }

    /// Empty where objects are followed by boxes alone.
    Optional<MaskTracker.Factory> factory() {
        return factory;
    }

    /// Why it is this one, in one line.
    String reason() {
        return reason;
    }

    @Override
    public void close() {
        factory.ifPresent(MaskTracker.Factory::close);
    }
}
