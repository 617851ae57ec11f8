package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sees a picture once, for all objects.
///
/// The network is fed the camera's own bytes: it stretches the picture to a square, whatever its shape, and normalises
/// it, on the device that it runs on. Owns the features of one picture until [#close]; the network is lent. Used by one
/// thread.
final class ImageEncoder implements AutoCloseable {

    private final OnnxModel network;
    private final RawPicture picture = new RawPicture();
    private final FrameFeatures features;
    private @Nullable FrameId seen;

    ImageEncoder(Networks networks) {
        this.network = networks.imageEncoder();
        features = FrameFeatures.allocate(networks.geometry());
    }

    /// What there is to see in `frame`; lent until the next call. The picture that was seen last costs nothing.
    FrameFeatures encode(VideoFrame frame) throws ModelException {
        FrameId id = frame.stamp().id();
        if (id.equals(seen)) {
            return features;
        }
        seen = null;
        try (var bytes = picture.of(frame);
                var views = new Views()) {
            network.run(
                    Map.of("picture", bytes),
                    Map.of(
                            "feat_s0", features.quarter(views),
                            "feat_s1", features.eighth(views),
                            "feat", features.coarse(views),
                            "feat_nomem", features.unremembering(views)));
        }
        seen = id;
        return features;
    }

    @Override
    public void close() {
        picture.close();
        features.close();
    }
}
