package dev.aerie.vision.prompt;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delegates to the strategy that is chosen; switches when a user chooses another. Owns the open one.
final class SwitchablePrompts implements PromptStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchablePrompts.class);

    private final PromptStrategies strategies;
    private final StrategyChoice choice;
    private Open open;
    private boolean changed;

    /// What is open now.
    private record Open(StrategyKind kind, String words, PromptStrategy strategy) {

        boolean isWanted(StrategyChoice choice) {
            return kind == choice.kind()
                    && (kind != StrategyKind.TEXT || words.equals(choice.words().words()));
        }
    }

    /// Throws [ModelException] where the first strategy cannot be opened.
    ///
    /// - `choice`: lent, read before every frame
    SwitchablePrompts(PromptStrategies strategies, StrategyChoice choice) throws ModelException {
        this.strategies = strategies;
        this.choice = choice;
        this.open = openChosen();
    }

    @Override
    public void observe(VideoFrame frame) throws ModelException {
        changed = false;
        if (!open.isWanted(choice)) {
            switchStrategy();
        }
        open.strategy().observe(frame);
    }

    @Override
    public List<Candidate> propose(VideoFrame frame) throws ModelException {
        return open.strategy().propose(frame);
    }

    @Override
    public Optional<List<Candidate>> current() {
        return open.strategy().current();
    }

    @Override
    public boolean isExhaustive() {
        return open.strategy().isExhaustive();
    }

    @Override
    public List<Detection> detections() {
        return open.strategy().detections();
    }

    @Override
    public List<Detection> names(VideoFrame frame) throws ModelException {
        return open.strategy().names(frame);
    }

    @Override
    public boolean hasChanged() {
        return changed;
    }

    @Override
    public void close() {
        open.strategy().close();
    }

    /// Keeps the current strategy where the new one cannot be opened.
    private void switchStrategy() {
        Open before = open;
        try {
            open = openChosen();
            before.strategy().close();
            changed = true;
        } catch (ModelException e) {
            LOG.warn("strategy not changed strategy={} cause={}", choice.kind().wireName(), e.getMessage());
            choice.setKind(before.kind());
            choice.words().set(before.words());
        }
    }

    private Open openChosen() throws ModelException {
        StrategyKind kind = choice.kind();
        String words = choice.words().words();
        return new Open(kind, words, strategies.open(kind, choice.words()));
    }
}
