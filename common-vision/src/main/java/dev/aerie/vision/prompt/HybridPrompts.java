package dev.aerie.vision.prompt;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proposes the candidates of several strategies; where two propose the same, the first counts. Owns them.
final class HybridPrompts implements PromptStrategy {

    private static final double SAME_BOX = 0.4;

    private final List<PromptStrategy> strategies;

    /// - `strategies`: the most trusted first; each proposes boxes
    HybridPrompts(List<PromptStrategy> strategies) {
        this.strategies = List.copyOf(strategies);
    }

    @Override
    public void observe(VideoFrame frame) throws ModelException {
        for (PromptStrategy strategy : strategies) {
            strategy.observe(frame);
        }
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        var found = new ArrayList<Candidate>();
        for (PromptStrategy strategy : strategies) {
            for (Candidate candidate : strategy.propose(frame)) {
                if (found.stream().noneMatch(other -> isSame(other, candidate))) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    @Override
    public List<Detection> names(VideoFrame frame) throws ModelException {
        var names = new ArrayList<Detection>();
        for (PromptStrategy strategy : strategies) {
            names.addAll(strategy.names(frame));
        }
        return names;
    }

    @Override
    public void close() {
        strategies.forEach(PromptStrategy::close);
    }

    private static boolean isSame(Candidate here, Candidate there) {
        Optional<Box> box = here.box();
        Optional<Box> other = there.box();
        return box.isPresent() && other.isPresent() && box.get().overlapWith(other.get()) >= SAME_BOX;
    }
}
