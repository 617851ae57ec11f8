package dev.aerie.vision.prompt;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes strategies for streams. Safe for several threads.
public final class PromptStrategies {

    /// Score from which on a detection is proposed.
    public static final double MIN_SCORE = 0.35;

    /// The same of a detector of what moves.
    public static final double MIN_MOTION_SCORE = 0.5;

    private static final PromptStrategy NOTHING = _ -> List.of();

    private final Optional<DetectorSource> detectors;
    private final Supplier<Detector> motion;
    private final TextSearch text;

    /// Makes detectors, one for each stream.
    public interface DetectorSource {
        Detector open() throws ModelException;

        /// One that reports every class, not only those that are tracked by default.
        default Detector openForAllClasses() throws ModelException {
            return open();
        }

        /// Its class names, in lower case.
        List<String> labels();

        /// Whether its detections become tracks; else what moves does.
        default boolean isProposing() {
            return true;
        }

        /// Whether it names what moves: not one that takes longer than a second for a frame.
        default boolean isNaming() {
            return true;
        }
    }

    /// - `detectors`: of a model; empty where none is installed. Motion replaces it there, and where it only names
    /// - `motion`: opens detectors of what moves
    /// - `text`: lent
    public PromptStrategies(Optional<DetectorSource> detectors, Supplier<Detector> motion, TextSearch text) {
        this.detectors = detectors;
        this.motion = motion;
        this.text = text;
    }

    /// A strategy for one more stream that follows changes of `choice` while it runs; whoever opens it closes it.
    public PromptStrategy openSwitchable(StrategyChoice choice) throws ModelException {
        return new SwitchablePrompts(this, choice);
    }

    /// A strategy for one more stream; whoever opens it closes it.
    ///
    /// - `words`: of that stream, read while it runs
    public PromptStrategy open(StrategyKind kind, TextQuery words) throws ModelException {
        return switch (kind) {
            case AUTO_GRID -> new GridPrompts();
            case MOTION -> motion();
            case SALIENCY -> new SaliencyPrompts();
            case HYBRID -> hybrid();
            case DETECTOR ->
                proposing().isPresent() ? detector(proposing().get().open()) : motion();
            case TEXT ->
                text.unavailableReason().isPresent() && detectors.isPresent()
                        ? named(detectors.get(), words)
                        : text.open(words);
            case NONE -> NOTHING;
        };
    }

    /// Why this strategy cannot detect these words, and what would help; empty where it can.
    public Optional<String> unavailableReason(StrategyKind kind, String words) {
        if (kind != StrategyKind.TEXT || text.unavailableReason().isEmpty()) {
            return Optional.empty();
        }
        if (detectors.isEmpty()) {
            return Optional.of(
                    "words cannot be detected: " + text.unavailableReason().get()
                            + ". Install a detector, which knows 80 names (./aerie models get yolox_nano), or a text detector,"
                            + " which knows any word (grounding_dino, or TEXT_MODEL_DIR set to the folder of another), and start the frame-processor again");
        }
        var labels = detectors.get().labels();
        var unknown = NamedPrompts.names(words).stream()
                .filter(name -> !labels.contains(name))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of("'" + String.join("', '", unknown) + "' cannot be detected: "
                        + text.unavailableReason().get() + ", and the detector knows only "
                        + String.join(", ", labels));
    }

    private static PromptStrategy named(DetectorSource detectors, TextQuery words) throws ModelException {
        return new NamedPrompts(detector(detectors.openForAllClasses()), words);
    }

    private PromptStrategy hybrid() throws ModelException {
        return proposing().isPresent()
                ? new HybridPrompts(List.of(detector(proposing().get().open()), motion(), new SaliencyPrompts()))
                : new HybridPrompts(List.of(motion(), new SaliencyPrompts()));
    }

    private PromptStrategy motion() throws ModelException {
        Optional<DetectorSource> naming = detectors.filter(DetectorSource::isNaming);
        Optional<Detector> names =
                naming.isPresent() ? Optional.of(naming.get().openForAllClasses()) : Optional.empty();
        return new MotionPrompts(motion.get(), names);
    }

    private Optional<DetectorSource> proposing() {
        return detectors.filter(DetectorSource::isProposing);
    }

    private static PromptStrategy detector(Detector detector) {
        return new DetectorPrompts(detector, StrategyKind.DETECTOR.wireName(), MIN_SCORE);
    }
}
