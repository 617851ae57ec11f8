package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Encodes a frame once, for all objects.
///
/// The network takes the frame's bytes: it stretches the frame to a square and normalises it on its device. Owns the
/// features of one frame until [#close]; the network is lent. Used by one thread.
final class ImageEncoder implements AutoCloseable {

    private final OnnxModel network;
    private final RawImage image = new RawImage();
    private final ImageFeatures features;
    private @Nullable FrameId encodedFrame;

    /// - `keepsOnDevice`: whether the features stay on the network's device
    ImageEncoder(Networks networks, boolean keepsOnDevice) {
        this.network = networks.imageEncoder();
        features = ImageFeatures.allocate(networks.geometry(), keepsOnDevice);
    }

    /// The features of `frame`; lent until the next call. The frame that was encoded last costs nothing.
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
