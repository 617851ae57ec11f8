package dev.aerie.vision.sot;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;

/// Tracks one object of any kind from a box in one frame. Owns native memory until [#close]; used by one thread.
public interface SingleObjectTracker extends AutoCloseable {

    /// Takes what is in `box` as the object from here on; forgets the one before.
    ///
    /// - `frame`: lent
    /// - `box`: in pixels of the frame, with sides above 0 and its centre in the frame; else
    ///   [IllegalArgumentException]
    void begin(VideoFrame frame, Box box) throws ModelException;

    /// Finds the object in the next frame, which has the size of the one before. It always answers: where the object
    /// is hidden or gone, with a lower score.
    ///
    /// - `frame`: lent
    /// - throws [IllegalStateException] before [#begin]
    ObjectEstimate update(VideoFrame frame) throws ModelException;

    /// As messages name it: `nanotrack`.
    String name();

    @Override
    void close();
}
