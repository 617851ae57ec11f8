package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.settings.Device;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class DetectionBatchesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final double MIN_SCORE = 0.5;

    @Test
    void detect_eachStreamHasAFrame_areOneRunWithTheResultsOfSingleRuns() throws Exception {
        var frames = List.of(coloured(255, 0), coloured(0, 255), coloured(255, 255), coloured(0, 0));
        try (var model = toy("yolo");
                var batches = new DetectionBatches(new OnnxDetector(model, MIN_SCORE), new BatchConfig(8, LONG));
                var alone = new OnnxDetector(model, MIN_SCORE)) {
            var results = together(batches, frames);
            assertThat(model.statistics().runs()).isEqualTo(1);
            for (int i = 0; i < frames.size(); i++) {
                assertThat(results.get(i)).usingRecursiveComparison().isEqualTo(alone.detect(frames.get(i)));
            }
        }
    }

    @Test
    void detect_moreFramesThanARunTakes_areSharedOutOverSeveral() throws Exception {
        var frames = List.of(coloured(255, 0), coloured(0, 255), coloured(255, 255), coloured(0, 0));
        try (var model = toy("yolo");
                var batches = new DetectionBatches(new OnnxDetector(model, MIN_SCORE), new BatchConfig(2, LONG))) {
            assertThat(together(batches, frames)).hasSize(4);
            assertThat(model.statistics().runs()).isEqualTo(2);
        }
    }

    @Test
    void detect_otherStreamsHaveNoFrame_waitsNoLongerThanTold() throws Exception {
        try (var model = toy("yolo");
                var batches = new DetectionBatches(
                        new OnnxDetector(model, MIN_SCORE), new BatchConfig(8, Duration.ofMillis(1)));
                var one = batches.open();
                var _ = batches.open()) {
            assertThat(one.detect(coloured(255, 0)).detections()).hasSize(1);
        }
    }

    @Test
    void detect_oneFrameMakesTheModelFail_theOthersHaveTheirResults() throws Exception {
        try (var model = toy("yolo_non_finite");
                var batches = new DetectionBatches(new OnnxDetector(model, MIN_SCORE), new BatchConfig(2, LONG));
                var pool = Executors.newVirtualThreadPerTaskExecutor();
                var one = batches.open();
                var other = batches.open()) {
            var good = pool.submit(() -> one.detect(coloured(0, 255)));
            var bad = pool.submit(() -> other.detect(coloured(0, 0)));
            assertThat(good.get().detections()).hasSize(1);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(bad::get)
                    .withCauseInstanceOf(ModelException.class)
                    .withMessageContaining("NaN");
        }
    }

    private static List<DetectionResult> together(DetectionBatches batches, List<HeapFrame> frames) throws Exception {
        var detectors = new ArrayList<Detector>();
        var calls = new ArrayList<Callable<DetectionResult>>();
        for (HeapFrame frame : frames) {
            var detector = batches.open();
            detectors.add(detector);
            calls.add(() -> detector.detect(frame));
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<DetectionResult>();
            for (Future<DetectionResult> each : pool.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            detectors.forEach(Detector::close);
        }
    }

    private static HeapFrame coloured(int blue, int red) {
        var frame = TestFrame.black("s", 0, 128, 64);
        for (int at = 0; at < frame.bgr().capacity(); at += 3) {
            frame.bgr().put(at, (byte) blue).put(at + 2, (byte) red);
        }
        return frame;
    }

    private static OnnxModel toy(String family) throws IOException, ModelException {
        try (InputStream in = DetectionBatchesTest.class.getResourceAsStream(family + ".onnx")) {
            return OnnxModel.open(Graph.of(family, in.readAllBytes()), InferenceDevice.of(Device.CPU, 1));
        }
    }
}
