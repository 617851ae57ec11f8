package dev.aerie.vision.track;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;

/// Follows the objects of one stream, from its first frame to [#close]. Used by one thread; owns native
/// memory.
///
/// What a pipeline works with. There are two kinds of what is inside: a [TrackingByDetection] finds everything
/// anew in every frame and joins it by boxes; a tracker of masks carries what it was prompted for, with a
/// [MaskTracker]. What makes one, and shares models among streams, is a [Factory].
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

    /// Makes trackers, one for each stream.
    interface Factory {

        /// A tracker for one more stream; whoever opens it closes it.
        VideoTracker open() throws ModelException;
    }
}
