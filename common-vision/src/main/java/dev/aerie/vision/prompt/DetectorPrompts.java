package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;

/// Proposes detections. Owns the detector.
final class DetectorPrompts implements PromptStrategy {

    private final Detector detector;
    private final String source;
    private final double minScore;
    private List<Detection> newest = List.of();

    /// - `source`: as messages name it
    /// - `minScore`: of a proposed detection, 0..1
    DetectorPrompts(Detector detector, String source, double minScore) {
        this.detector = detector;
        this.source = source;
        this.minScore = minScore;
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        newest = detector.detect(frame).detections();
        return candidates(newest, source, minScore);
    }

    @Override
    public List<Detection> detections() {
        return newest;
    }

    @Override
    public boolean isExhaustive() {
        return true;
    }

    @Override
    public void close() {
        detector.close();
    }

    static List<Candidate> candidates(List<Detection> detections, String source, double minScore) {
        return detections.stream()
                .filter(detection -> detection.score() >= minScore)
                .map(detection -> new Candidate(
                        new Candidate.Location.InBox(detection.box()),
                        detection.label(),
                        detection.score(),
                        source,
                        detection.mask()))
                .toList();
    }
}
