package dev.aerie.frames.prompt;

import dev.aerie.frames.tracker.Candidate;
import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.List;

/// Proposes what several ways find; where two find the same, the one named first counts. Owns them.
final class HybridPrompts implements PromptStrategy {

    private static final double SAME_BOX = 0.4;

    private final List<PromptStrategy> ways;

    /// - `ways`: the most trusted first; each proposes boxes
    HybridPrompts(List<PromptStrategy> ways) {
        this.ways = List.copyOf(ways);
    }

    @Override
    public void see(VideoFrame frame) throws ModelException {
        for (PromptStrategy way : ways) {
            way.see(frame);
        }
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        var found = new ArrayList<Candidate>();
        for (PromptStrategy way : ways) {
            for (Candidate candidate : way.propose(frame)) {
                if (found.stream().noneMatch(other -> isSame(other, candidate))) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        ways.forEach(PromptStrategy::close);
    }

    private static boolean isSame(Candidate here, Candidate there) {
        return here.place() instanceof Candidate.Place.InBox(Box box)
                && there.place() instanceof Candidate.Place.InBox(Box other)
                && box.overlapWith(other) >= SAME_BOX;
    }
}
