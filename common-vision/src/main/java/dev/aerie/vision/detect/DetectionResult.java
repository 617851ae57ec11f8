package dev.aerie.vision.detect;

import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;

/// A detector's result for one frame.
///
/// - `detections`: best first
/// - `cameraMotion`: since the frame before, in pixels of the frame, from a detector that estimates it anyway
public record DetectionResult(List<Detection> detections, Optional<CameraMotion> cameraMotion) {

    public DetectionResult {
        detections = List.copyOf(detections);
    }
}
