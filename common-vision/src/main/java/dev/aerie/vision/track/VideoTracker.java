package dev.aerie.vision.track;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;

/// Tracks the objects of one stream, from its first frame to [#close]: the tracker interface that the pipeline uses.
///
/// Two implementations: [TrackingByDetection] detects in every frame and associates the boxes; a prompted tracker
/// propagates the masks of prompted objects with a [MaskTracker]. Used by one thread; owns native memory.
public interface VideoTracker extends AutoCloseable {

    /// The objects in `frame`, by identity; the frame is lent for the call. Frames come in order, some
    /// may be left out; a new session or another size starts afresh, with new identities. Throws
    /// [ModelException] if a model fails.
    List<TrackedObjectState> process(VideoFrame frame) throws ModelException;

    /// What follows the objects, as messages name it: `bytetrack`, `sam2`.
    String name();

    /// What sees them, as messages name it: `yolox_nano`, `motion`, `edgetam`.
    String model();

    /// What is kept for this stream's objects now, models not counted.
    default MaskTracker.MemoryUse memory() {
        return MaskTracker.MemoryUse.NONE;
    }

    @Override
    void close();
}
