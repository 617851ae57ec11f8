package dev.aerie.vision.detect;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;

/// Finds the objects of a frame. Used by one thread; owns native memory until [#close].
public interface Detector extends AutoCloseable {

    /// The objects of `frame`, which is lent for the call. A detector that learns from earlier frames takes them in
    /// the order given and starts afresh when stream, session or size changes. Throws [ModelException] if its model
    /// fails.
    DetectionResult detect(VideoFrame frame) throws ModelException;

    /// What it is, as messages name it: `yolox_nano`, `motion`.
    String name();

    @Override
    void close();
}
