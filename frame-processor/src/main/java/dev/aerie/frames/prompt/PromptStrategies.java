package dev.aerie.frames.prompt;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;

/// Makes strategies for streams. Safe for several threads.
public final class PromptStrategies {

    private static final double LEAST_SCORE = 0.35;
    private static final PromptStrategy NOTHING = _ -> List.of();

    private final Optional<DetectorSource> detectors;
    private final TextSearch text;

    /// Makes detectors, one for each stream.
    @FunctionalInterface
    public interface DetectorSource {
        Detector open() throws ModelException;
    }

    /// - `detectors`: of a model; empty where none is installed, motion stands in for it then
    /// - `text`: lent
    public PromptStrategies(Optional<DetectorSource> detectors, TextSearch text) {
        this.detectors = detectors;
        this.text = text;
    }

    /// A strategy for one more stream; whoever opens it closes it.
    ///
    /// - `words`: of that stream, read while it runs
    public PromptStrategy open(StrategyKind kind, TextQuery words) throws ModelException {
        return switch (kind) {
            case AUTO_GRID -> new GridPrompts();
            case MOTION -> new MotionPrompts();
            case SALIENCY -> new SaliencyPrompts();
            case HYBRID -> hybrid();
            case DETECTOR -> detectors.isPresent() ? detector(detectors.get()) : new MotionPrompts();
            case TEXT -> text.open(words);
            case NONE -> NOTHING;
        };
    }

    private PromptStrategy hybrid() throws ModelException {
        return detectors.isPresent()
                ? new HybridPrompts(List.of(detector(detectors.get()), new MotionPrompts(), new SaliencyPrompts()))
                : new HybridPrompts(List.of(new MotionPrompts(), new SaliencyPrompts()));
    }

    private static PromptStrategy detector(DetectorSource detectors) throws ModelException {
        return new DetectorPrompts(detectors.open(), StrategyKind.DETECTOR.wireName(), LEAST_SCORE);
    }
}
