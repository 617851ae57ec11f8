package dev.aerie.vision.detect;

import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;

/// What a detector saw in one picture.
///
/// - `detections`: best first
/// - `cameraMotion`: since the picture before, in pixels of the picture, from a detector that works it out anyway
public record Sighting(List<Detection> detections, Optional<CameraMotion> cameraMotion) {

    public Sighting {
        detections = List.copyOf(detections);
    }
}
