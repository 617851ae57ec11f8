package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Photographs of COCO against the reference: YOLOX's own steps in Python with NumPy and ONNX Runtime.
final class YoloxPhotographsTest {

    private static OnnxModel model;

    @BeforeAll
    static void open() throws ModelException {
        model = OnnxModel.open(SharedData.require("models/yolox_nano.onnx"), InferenceDevice.of(Device.CPU, 1));
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "000000000285, bear, 0.939, 0.0, 63.9, 573.6, 573.1",
        "000000000724, stop sign, 0.972, 120.6, 71.1, 134.2, 157.3",
        "000000000776, teddy bear, 0.866, 134.7, 0.0, 293.3, 539.6",
        "000000000885, person, 0.891, 276.4, 84.6, 140.1, 312.1",
        "000000000885, tennis racket, 0.834, 396.1, 268.5, 81.7, 42.6",
        "000000001503, laptop, 0.913, 0.3, 97.8, 127.1, 140.4",
        "000000001503, keyboard, 0.819, 160.8, 157.5, 149.1, 40.1",
        "000000001584, bus, 0.949, 130.9, 84.7, 395.1, 451.4",
        "000000001761, airplane, 0.876, 149.3, 11.2, 73.8, 76.9",
        "000000002006, bus, 0.955, 49.1, 80.7, 553.6, 343.1",
    })
    void detect_photograph_findsWhatTheReferenceFinds(
            String photograph, String label, double score, double left, double top, double width, double height)
            throws ModelException {
        Path file = SharedData.require("data/coco/" + photograph + ".jpg");
        var expected = new Box(left, top, width, height);
        try (var detector = new OnnxDetector(model, 0.3)) {
            assertThat(detector.detect(TestFrame.read(file, 0)).detections()).anySatisfy(detection -> {
                assertThat(detection.label()).isEqualTo(label);
                assertThat(detection.score()).isBetween(score - 0.01, score + 0.01);
                assertThat(detection.box().overlapWith(expected)).isGreaterThan(0.98);
            });
        }
    }

    @Test
    void openModel_photograph_isSeenInItsProportionsAndNothingElseChanges() throws ModelException {
        var bus = TestFrame.read(SharedData.require("data/coco/000000002006.jpg"), 0);
        Path file = SharedData.require("models/yolox_nano.onnx");
        try (var open = OnnxDetector.openModel(file, InferenceDevice.of(Device.CPU, 1));
                var square = new OnnxDetector(model, 0.5);
                var own = new OnnxDetector(open, 0.5, 416)) {
            assertThat(model.inputs().get("images").shape()).isEqualTo(TensorShape.of(1, 3, 416, 416));
            assertThat(open.inputs().get("images").shape()).isEqualTo(TensorShape.of(1, 3, -1, -1));
            var expected = square.detect(bus).detections();
            assertThat(own.detect(bus).detections())
                    .hasSameSizeAs(expected)
                    .allSatisfy(found -> assertThat(expected).anySatisfy(same -> {
                        assertThat(found.label()).isEqualTo(same.label());
                        assertThat(found.score()).isBetween(same.score() - 0.02, same.score() + 0.02);
                        assertThat(found.box().overlapWith(same.box())).isGreaterThan(0.95);
                    }));
        }
    }

    @Test
    void detect_smallerFrameAfterLarger_seesNothingOfTheLarger() throws ModelException {
        var bus = TestFrame.read(SharedData.require("data/coco/000000002006.jpg"), 0);
        var thin = TestFrame.black("s", 1, 640, 64);
        try (var detector = new OnnxDetector(model, 0.3)) {
            assertThat(detector.detect(bus).detections()).isNotEmpty();
            assertThat(detector.detect(thin).detections()).isEmpty();
            assertThat(detector.detect(bus)).isEqualTo(detector.detect(bus));
        }
    }
}
