package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import java.util.List;

/// A model with class names that the detectors of all streams share.
interface DetectorModel extends AutoCloseable {

    /// As messages name it.
    String name();

    /// The names that it can give, in lower case.
    List<String> labels();

    /// Those of its classes that are tracked.
    TrackedClasses classes();

    /// Why it was chosen, in one line.
    String reason();

    ExecutionProvider provider();

    /// Whether it takes less than a second for a frame on a CPU.
    boolean isFast();

    /// Counts of the runs of the networks that it owns.
    List<ModelStatistics> statistics();

    /// A detector of every class for one more stream; whoever opens it closes it.
    Detector open() throws ModelException;

    @Override
    void close();
}
