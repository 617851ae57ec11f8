package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees a frame once, for all objects.
///
/// The network is fed the camera's own bytes: it stretches the frame to a square, whatever its shape, and normalises
/// it, on the device that it runs on. Owns the features of one frame until [#close]; the network is lent. Used by one
/// thread.
final class ImageEncoder implements AutoCloseable {

    private final OnnxModel network;
    private final RawImage image = new RawImage();
    private final ImageFeatures features;
    private @Nullable FrameId encodedFrame;

    ImageEncoder(Networks networks) {
        this.network = networks.imageEncoder();
        features = ImageFeatures.allocate(networks.geometry());
    }

    /// What there is to see in `frame`; lent until the next call. The frame that was seen last costs nothing.
    ImageFeatures encode(VideoFrame frame) throws ModelException {
        FrameId id = frame.stamp().id();
        if (id.equals(encodedFrame)) {
            return features;
        }
        encodedFrame = null;
        try (var bytes = image.of(frame);
                var scope = new TensorScope()) {
            network.runWithSampledCheck(
                    Map.of("picture", bytes),
                    Map.of(
                            "feat_s0", features.quarter(scope),
                            "feat_s1", features.eighth(scope),
                            "feat", features.coarse(scope),
                            "feat_nomem", features.withoutMemory(scope)));
        }
        encodedFrame = id;
        return features;
    }

    @Override
    public void close() {
        image.close();
        features.close();
    }
}
