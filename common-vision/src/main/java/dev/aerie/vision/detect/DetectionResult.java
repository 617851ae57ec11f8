package dev.aerie.vision.detect;

import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;

/// What a detector saw in one frame.
///
/// - `detections`: best first
/// - `cameraMotion`: since the frame before, in pixels of the frame, from a detector that works it out anyway
public record DetectionResult(List<Detection> detections, Optional<CameraMotion> cameraMotion) {

    public DetectionResult {
        detections = List.copyOf(detections);
    }
}
