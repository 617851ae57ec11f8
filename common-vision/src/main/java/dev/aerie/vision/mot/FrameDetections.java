package dev.aerie.vision.mot;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.motion.CameraMotion;
import dev.aerie.vision.reid.Embedding;
import java.util.List;
import java.util.Optional;

/// What a [MultiObjectTracker] is given of one frame.
///
/// - `detections`: of this frame, in its pixels
/// - `cameraMotion`: since the previous call, measured in the frame or known from a PTZ camera's own motion;
///   [CameraMotion#NONE] where it is unknown
/// - `elapsedFrames`: frames of the stream since the previous call, at least 1: some may have been skipped
/// - `frame`: its size, where it is known: a track whose box has left the frame ends
/// - `embeddings`: what the detections look like, in their order; empty where nobody looked
public record FrameDetections(
        List<Detection> detections,
        CameraMotion cameraMotion,
        long elapsedFrames,
        Optional<FrameSize> frame,
        List<Embedding> embeddings) {

    public FrameDetections {
        detections = List.copyOf(detections);
        embeddings = List.copyOf(embeddings);
        if (elapsedFrames < 1) {
            throw new IllegalArgumentException("elapsedFrames must be >= 1, was " + elapsedFrames);
        }
        if (!embeddings.isEmpty() && embeddings.size() != detections.size()) {
            throw new IllegalArgumentException("expected an embedding for each of " + detections.size()
                    + " detections or none, was " + embeddings.size());
        }
    }

    /// Without embeddings.
    public FrameDetections(
            List<Detection> detections, CameraMotion cameraMotion, long elapsedFrames, Optional<FrameSize> frame) {
        this(detections, cameraMotion, elapsedFrames, frame, List.of());
    }
}
