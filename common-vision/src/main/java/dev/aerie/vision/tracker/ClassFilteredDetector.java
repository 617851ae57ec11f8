package dev.aerie.vision.tracker;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ModelException;

/// Another detector's detections of the classes that are tracked. Owns that detector.
record ClassFilteredDetector(Detector detector, TrackedClasses classes) implements Detector {

    @Override
    public DetectionResult detect(VideoFrame frame) throws ModelException {
        var detectionResult = detector.detect(frame);
        var included = detectionResult.detections().stream()
                .filter(detection -> classes.includes(detection.label()))
                .toList();
        return new DetectionResult(included, detectionResult.cameraMotion());
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
