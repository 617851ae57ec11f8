package dev.aerie.frames.sight;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.Sighting;
import dev.aerie.vision.onnx.ModelException;

/// Another detector's sightings without the classes that are not followed. Owns that detector.
record SelectiveDetector(Detector detector, FollowedClasses classes) implements Detector {

    @Override
    public Sighting detect(VideoFrame frame) throws ModelException {
        var sighting = detector.detect(frame);
        var followed = sighting.detections().stream()
                .filter(detection -> classes.includes(detection.label()))
                .toList();
        return new Sighting(followed, sighting.cameraMotion());
    }

    @Override
    public String name() {
        return detector.name();
    }

    @Override
    public void close() {
        detector.close();
    }
}
