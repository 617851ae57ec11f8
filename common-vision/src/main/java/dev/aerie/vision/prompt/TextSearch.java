package dev.aerie.vision.prompt;

import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.text.GroundingDino;
import java.util.List;
import java.util.Optional;

/// Detection by words, where a text detector is installed. Owns it.
public final class TextSearch implements AutoCloseable {

    private final Optional<GroundingDino> detector;
    private final String unavailableReason;

    private TextSearch(Optional<GroundingDino> detector, String whyMissing) {
        this.detector = detector;
        this.unavailableReason = whyMissing;
    }

    /// With `detector`, owned from here on.
    public static TextSearch with(GroundingDino detector) {
        return new TextSearch(Optional.of(detector), "");
    }

    /// Without a text detector; `reason` in one line.
    public static TextSearch without(String reason) {
        return new TextSearch(Optional.empty(), reason);
    }

    /// Why words cannot be detected; empty where they can.
    public Optional<String> unavailableReason() {
        return detector.isPresent() ? Optional.empty() : Optional.of(unavailableReason);
    }

    /// The text detector, lent; throws [ModelException] that says why where there is none.
    public GroundingDino detector() throws ModelException {
        return detector.orElseThrow(() -> new ModelException(unavailableReason));
    }

    /// Counts of the runs of its networks.
    public List<ModelStatistics> statistics() {
        return detector.map(GroundingDino::statistics).orElse(List.of());
    }

    /// Throws [ModelException] where there is no text detector.
    PromptStrategy open(TextQuery words) throws ModelException {
        return new TextPrompts(detector(), words);
    }

    @Override
    public void close() {
        detector.ifPresent(GroundingDino::close);
    }
}
