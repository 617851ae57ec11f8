package dev.aerie.vision.detect;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;

/// Finds the objects of a frame. Used by one thread; owns native memory until [#close].
public interface Detector extends AutoCloseable {

    /// The objects of `frame`, which is lent for the call. A detector with memory takes the frames in order and
    /// resets when stream, session or size changes. Throws [ModelException] if its model
    /// fails.
    DetectionResult detect(VideoFrame frame) throws ModelException;

    /// Its name in messages: `yolox_nano`, `motion`.
    String name();

    @Override
    void close();
}
