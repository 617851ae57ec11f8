package dev.aerie.vision.mot;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;

/// Tracks any number of objects of one stream by the boxes of their detections. Deterministic; used by one thread.
///
/// A track that is not detected and whose predicted box has left the frame ends at once.
public interface MultiObjectTracker {

    /// Matches the detections of one more frame; the tracks, by identity.
    List<BoxTrack> update(FrameDetections frame);

    /// As [#update(FrameDetections)], without embeddings.
    default List<BoxTrack> update(
            List<Detection> detections, CameraMotion cameraMotion, long elapsedFrames, Optional<FrameSize> frame) {
        return update(new FrameDetections(detections, cameraMotion, elapsedFrames, frame));
    }

    /// Ends every track; identities continue from where they were.
    void forget();

    /// As messages name it: `bytetrack`, `ocsort`, `botsort`.
    String name();
}
