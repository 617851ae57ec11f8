package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One tiny detector of each family (`deploy/models/detectors/toys.py`): a thing at 24…40, 20…28 of the 64×64 input
/// with score 0.9, and a red one at 0…16, 32…48 whose score is how red the frame is.
final class OnnxDetectorTest {

    @ParameterizedTest
    @CsvSource({
        "yolo, thing, red, 48, 8, 32, 16",
        "yolo_masks, thing, red, 48, 8, 32, 16",
        "yolo_end_to_end, thing, red, 48, 8, 32, 16",
        "detr, bicycle, person, 48, 20, 32, 8",
        "detr_logits, class 1, class 0, 48, 20, 32, 8",
        "nanodet, class 1, class 0, 48, 20, 32, 8",
    })
    void detect_eachFamily_findsItsObjectsInTheFramesPixels(
            String family, String thing, String red, double left, double top, double width, double height)
            throws Exception {
        try (var model = toy(family);
                var detector = new OnnxDetector(model, 0.5)) {
            var blue = detector.detect(coloured(255, 0)).detections();
            assertThat(blue).singleElement().satisfies(found -> {
                assertThat(found.label()).isEqualTo(thing);
                assertThat(found.score()).isCloseTo(0.9, Offset.offset(1e-4));
                assertThat(found.box().overlapWith(new Box(left, top, width, height)))
                        .as("%s", found.box())
                        .isGreaterThan(0.999);
            });
            assertThat(detector.detect(coloured(0, 255)).detections())
                    .extracting(Detection::label)
                    .as("red comes first, 255 is 1")
                    .containsExactlyInAnyOrder(thing, red);
        }
    }

    @ParameterizedTest
    @CsvSource({"yolo", "yolo_masks", "yolo_end_to_end", "detr", "detr_logits", "nanodet"})
    void detect_batch_findsInEachWhatItFindsInItAlone(String family) throws Exception {
        try (var model = toy(family);
                var detector = new OnnxDetector(model, 0.5)) {
            var frames = List.of(coloured(255, 0), coloured(0, 255), TestFrame.black("s", 1, 64, 64));
            var together = detector.detect(List.copyOf(frames));
            assertThat(together).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(together.get(i)).usingRecursiveComparison().isEqualTo(detector.detect(frames.get(i)));
            }
        }
    }

    @Test
    void detect_prototypes_areMasksWithinTheBoxes() throws Exception {
        try (var model = toy("yolo_masks");
                var detector = new OnnxDetector(model, 0.5)) {
            assertThat(detector.detect(coloured(0, 255)).detections())
                    .filteredOn(found -> found.label().equals("thing"))
                    .singleElement()
                    .satisfies(found -> assertMasked(found, new Box(48, 8, 16, 16)));
            assertThat(detector.detect(coloured(0, 255)).detections())
                    .filteredOn(found -> found.label().equals("red"))
                    .singleElement()
                    .satisfies(found -> assertMasked(found, new Box(0, 48, 32, 16)));
        }
    }

    private static void assertMasked(Detection found, Box expected) {
        var size = new FrameSize(128, 64);
        var mask = found.mask().orElseThrow().toFrame(size);
        assertThat(mask.overlapWith(BinaryMask.of(size, expected)))
                .as("%s", mask.box())
                .isGreaterThan(0.65);
    }

    @Test
    void detect_outputIsNan_failsAndIsCountedAndTheNextFrameIsProcessed() throws Exception {
        try (var model = toy("yolo_non_finite");
                var detector = new OnnxDetector(model, 0.5)) {
            assertThat(detector.detect(coloured(0, 255)).detections()).hasSize(1);
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> detector.detect(coloured(255, 0)))
                    .withMessageContaining("model yolo_non_finite wrote NaN or infinity to 'output0'");
            assertThat(detector.detect(coloured(0, 255)).detections()).hasSize(1);
            assertThat(model.statistics().notFinite()).isEqualTo(1);
            assertThat(model.statistics().runs()).isEqualTo(3);
        }
    }

    @Test
    void new_noDetector_namesItsOutputs() throws ModelException {
        var file = SharedData.require("models/osnet_x0_25_msmt17.onnx");
        try (var model = OnnxModel.open(file, InferenceDevice.of(Device.CPU, 1))) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> new OnnxDetector(model, 0.5).close())
                    .withMessageContaining("expected one frame");
        }
    }

    private static HeapFrame coloured(int blue, int red) {
        try (var colour = new Scalar(blue, 0, red, 0);
                var frame = new Mat(64, 128, opencv_core.CV_8UC3, colour)) {
            return TestFrame.copyOf(frame, "s", 0);
        }
    }

    private static OnnxModel toy(String family) throws IOException, ModelException {
        try (InputStream in = OnnxDetectorTest.class.getResourceAsStream(family + ".onnx")) {
            return OnnxModel.open(Graph.of(family, in.readAllBytes()), InferenceDevice.of(Device.CPU, 1));
        }
    }
}
