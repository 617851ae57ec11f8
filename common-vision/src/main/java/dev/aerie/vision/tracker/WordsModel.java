package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.text.GroundingDino;
import java.util.List;
import java.util.Optional;

/// Grounding DINO, which is lent, as a detector of the classes `labels`.
record WordsModel(GroundingDino network, List<String> labels) implements DetectorModel {

    /// - `setting`: `DETECT_CLASSES`
    /// - throws [ModelException] for names that it cannot look for
    static WordsModel of(GroundingDino network, String setting) throws ModelException {
        var model = new WordsModel(network, TrackedClasses.words(setting, GroundingDino.NAME));
        model.open().close();
        return model;
    }

    @Override
    public String name() {
        return GroundingDino.NAME;
    }

    @Override
    public TrackedClasses classes() {
        return new TrackedClasses(Optional.empty());
    }

    @Override
    public String reason() {
        return network.provider().reason() + "; looks for " + String.join(", ", labels);
    }

    @Override
    public ExecutionProvider provider() {
        return network.provider();
    }

    @Override
    public boolean isFast() {
        return false;
    }

    @Override
    public List<ModelStatistics> statistics() {
        return List.of();
    }

    @Override
    public Detector open() throws ModelException {
        return network.detectorOf(labels);
    }

    @Override
    public void close() {
        // The network is lent.
    }
}
