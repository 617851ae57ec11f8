package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.BatchConfig;
import dev.aerie.vision.detect.DetectionBatches;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.detect.OnnxDetector;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An export of a detector. Owns it, and the batches in which streams share its runs.
///
/// - `longSidePixels`: of its input where it takes any size
/// - `batches`: empty where each stream runs it by itself
record ExportedModel(
        OnnxModel network,
        int longSidePixels,
        Optional<DetectionBatches> batches,
        List<String> labels,
        TrackedClasses classes,
        String reason)
        implements DetectorModel {

    private static final double MIN_SCORE = ByteTrackConfig.DEFAULT.lowScore();

    /// - `classes`: that are tracked
    /// - `batchConfig`: how streams share runs of a model that takes several frames
    /// - `longSidePixels`: of its input where it takes any size
    /// - throws [ModelException] where the file is not a detector
    static ExportedModel open(
            Path file, String classes, BatchConfig batchConfig, int longSidePixels, InferenceDevice inferenceDevice)
            throws ModelException {
        var network = OnnxDetector.openModel(file, inferenceDevice);
        try (var detector = new OnnxDetector(network, MIN_SCORE, longSidePixels)) {
            var labels = OnnxDetector.labelsOf(network).stream()
                    .map(label -> label.toLowerCase(Locale.ROOT))
                    .toList();
            var tracked = TrackedClasses.parse(classes, detector.name(), labels);
            var batches = batchConfig.maxFrames() > 1 && detector.takesBatches()
                    ? Optional.of(
                            new DetectionBatches(new OnnxDetector(network, MIN_SCORE, longSidePixels), batchConfig))
                    : Optional.<DetectionBatches>empty();
            return new ExportedModel(
                    network,
                    longSidePixels,
                    batches,
                    labels,
                    tracked,
                    network.provider().reason() + "; " + detector.name() + " is " + file
                            + (batchConfig.maxFrames() > 1 && batches.isEmpty()
                                    ? "; it takes one frame at a time"
                                    : ""));
        } catch (ModelException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public ExecutionProvider provider() {
        return network.provider();
    }

    @Override
    public boolean isFast() {
        return true;
    }

    @Override
    public List<ModelStatistics> statistics() {
        return List.of(network.statistics());
    }

    @Override
    public Detector open() throws ModelException {
        return batches.isPresent() ? batches.get().open() : new OnnxDetector(network, MIN_SCORE, longSidePixels);
    }

    @Override
    public void close() {
        batches.ifPresent(DetectionBatches::close);
        network.close();
    }
}
