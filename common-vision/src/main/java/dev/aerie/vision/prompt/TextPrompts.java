package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.text.GroundingDino;
import java.util.List;

/// Proposes objects that a stream's current words describe.
final class TextPrompts implements PromptStrategy {

    private final GroundingDino detector;
    private final TextQuery words;

    /// Both are lent.
    TextPrompts(GroundingDino detector, TextQuery words) {
        this.detector = detector;
        this.words = words;
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        return detector.detect(frame, words.words()).stream()
                .map(found -> new Candidate(
                        new Candidate.Location.InBox(found.box()),
                        found.label(),
                        found.score(),
                        "text:" + found.label()))
                .toList();
    }
}
