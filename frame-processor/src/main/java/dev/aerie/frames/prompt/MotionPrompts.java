package dev.aerie.frames.prompt;

import dev.aerie.frames.targets.Candidate;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.MotionDetector;
import java.util.List;

/// Proposes what moves in the world. Sees every picture: motion is told from how they follow one another.
final class MotionPrompts implements PromptStrategy {

    static final String FINDER = "motion";

    private static final int MOST = 20;
    private static final double LEAST_SCORE = 0.5;

    private final MotionDetector detector = new MotionDetector(MOST);
    private List<Detection> moving = List.of();

    @Override
    public void see(VideoFrame frame) {
        moving = detector.detect(frame).detections();
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) {
        return DetectorPrompts.candidates(moving, FINDER, LEAST_SCORE);
    }

    @Override
    public void close() {
        detector.close();
    }
}
