package dev.aerie.vision.track;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;

/// Tracks the objects of one stream, from its first frame to [#close]: the tracker interface that the pipeline uses.
///
/// Two implementations: [TrackingByDetection] detects in every frame and associates the boxes; a prompted tracker
/// propagates the masks of prompted objects with a [MaskTracker]. Used by one thread; owns native memory.
public interface VideoTracker extends AutoCloseable {

    /// The objects in `frame`, by identity; the frame is lent for the call. Frames come in order, some may be
    /// skipped; a new session or another size resets the tracker. Throws
    /// [ModelException] if a model fails.
    List<TrackedObjectState> process(VideoFrame frame) throws ModelException;

    /// The tracker's name in messages: `bytetrack`, `sam2`.
    String name();

    /// The model's name in messages: `yolox_nano`, `motion`, `edgetam`.
    String model();

    /// What the detector found in `frame`, the one processed last, before tracking: of every class, with low scores
    /// too. Empty where it did not look at that frame, or where nothing is recorded.
    default Optional<List<Detection>> detectionsIn(FrameId frame) {
        return Optional.empty();
    }

    /// Frames per second that it wants at most; infinite for no limit.
    default double maxFps() {
        return Double.POSITIVE_INFINITY;
    }

    /// The memory that this stream's objects use now, without models.
    default MaskTracker.MemoryUse memory() {
        return MaskTracker.MemoryUse.NONE;
    }

    @Override
    void close();
}
