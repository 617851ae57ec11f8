package dev.aerie.vision.mot;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;

/// Gives the detections of one stream identities that last. Deterministic; used by one thread.
public interface MultiObjectTracker {

    /// The objects after one more frame, by identity.
    ///
    /// - `detections`: of this frame, in its pixels
    /// - `cameraMotion`: since the last frame given; [CameraMotion#NONE] where it is not known
    /// - `elapsedFrames`: frames of the stream since the last frame given, at least 1: some may be skipped
    /// - `frame`: its size, where it is known: an object that has gone out of it ends
    List<BoxTrack> update(
            List<Detection> detections, CameraMotion cameraMotion, long elapsedFrames, Optional<FrameSize> frame);

    /// Forgets every object; identities go on from where they were.
    void forget();

    /// What it is, as messages name it: `bytetrack`.
    String name();
}
