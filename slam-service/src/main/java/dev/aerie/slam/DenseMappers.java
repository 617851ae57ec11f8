package dev.aerie.slam;

import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.dense.SweepBackEnd;
import dev.aerie.slam.dense.slam3r.OnnxPointNets;
import dev.aerie.slam.dense.slam3r.Slam3rBackEnd;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.util.Optional;

/// What makes surfaces of keyframes, as it is configured. Owns SLAM3R's networks, which all sessions share.
final class DenseMappers implements AutoCloseable {

    private final Optional<DenseBackEnd.Factory> factory;
    private final Optional<OnnxPointNets> nets;

    private DenseMappers(Optional<DenseBackEnd.Factory> factory, Optional<OnnxPointNets> nets) {
        this.factory = factory;
        this.nets = nets;
    }

    /// Throws [ModelException] where the weights are not installed or the device is not available.
    static DenseMappers open(SlamConfig.Dense choice, ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        return switch (choice) {
            case NONE -> new DenseMappers(Optional.empty(), Optional.empty());
            case SWEEP -> new DenseMappers(Optional.of(_ -> new SweepBackEnd()), Optional.empty());
            case SLAM3R -> {
                var nets = OnnxPointNets.openInstalled(models, inferenceDevice);
                yield new DenseMappers(Optional.of(landmarks -> new Slam3rBackEnd(nets, landmarks)), Optional.of(nets));
            }
        };
    }

    Optional<DenseBackEnd.Factory> factory() {
        return factory;
    }

    @Override
    public void close() {
        nets.ifPresent(OnnxPointNets::close);
    }
}
