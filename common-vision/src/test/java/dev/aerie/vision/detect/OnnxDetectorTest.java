package dev.aerie.vision.detect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import dev.aerie.vision.onnx.TensorShape;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
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
        "detr_logits_open, class 1, class 0, 48, 20, 32, 8",
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
    @CsvSource({"yolo", "yolo_masks", "yolo_end_to_end", "detr", "detr_logits", "detr_logits_open", "nanodet"})
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

    @Test
    void openModel_yoloxExportedForOneSize_seesAFrameInItsOwnProportions() throws Exception {
        try (var model = OnnxDetector.openModel(file("yolox"), InferenceDevice.of(Device.CPU, 1));
                var detector = new OnnxDetector(model, 0.5, 96)) {
            for (var square : List.of(new Box(80, 48, 16, 16), new Box(176, 112, 16, 16))) {
                assertThat(detector.detect(withRed(192, 128, square)).detections())
                        .singleElement()
                        .satisfies(found -> {
                            assertThat(found.label()).isEqualTo("red");
                            assertThat(found.box()).isEqualTo(square);
                        });
            }
            assertThat(detector.detect(withRed(64, 192, new Box(16, 176, 16, 16)))
                            .detections())
                    .as("upright, in the same detector")
                    .singleElement()
                    .satisfies(found -> assertThat(found.box()).isEqualTo(new Box(16, 176, 16, 16)));
        }
    }

    @Test
    void openModel_networkForOneSizeAlone_keepsIt() throws Exception {
        try (var model = OnnxDetector.openModel(file("yolox_one_size"), InferenceDevice.of(Device.CPU, 1));
                var detector = new OnnxDetector(model, 0.5)) {
            assertThat(model.inputs().get("images").shape()).isEqualTo(TensorShape.of(1, 3, 64, 64));
            assertThat(detector.detect(withRed(64, 64, new Box(8, 16, 8, 8))).detections())
                    .singleElement()
                    .satisfies(found -> assertThat(found.box()).isEqualTo(new Box(8, 16, 8, 8)));
        }
    }

    @Test
    void detect_framesOfManySizes_isAsIfEachWereAlone() throws Exception {
        try (var model = OnnxDetector.openModel(file("yolox"), InferenceDevice.of(Device.CPU, 1));
                var detector = new OnnxDetector(model, 0.5, 320)) {
            for (int height = 32; height <= 320; height += 8) {
                var square = new Box(32, 16, 8, 8);
                assertThat(detector.detect(withRed(320, height, square)).detections())
                        .as("%d", height)
                        .extracting(Detection::box)
                        .containsExactly(square);
            }
        }
    }

    @Test
    void new_inputOfNoWholeCells_isRefused() throws Exception {
        try (var model = toy("yolo")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OnnxDetector(model, 0.5, 100).close())
                    .withMessageContaining("multiple of 32 pixels long, was 100");
        }
    }

    /// Black but for a red square.
    private static HeapFrame withRed(int width, int height, Box square) {
        try (var black = new Scalar(0, 0, 0, 0);
                var red = new Scalar(0, 0, 255, 0);
                var frame = new Mat(height, width, opencv_core.CV_8UC3, black);
                var area =
                        new Rect((int) square.leftPixels(), (int) square.topPixels(), (int) square.widthPixels(), (int)
                                square.heightPixels());
                var inside = new Mat(frame, area)) {
            inside.put(red);
            return TestFrame.copyOf(frame, "s", 0);
        }
    }

    private static Path file(String family) throws URISyntaxException {
        return Path.of(requireNonNull(OnnxDetectorTest.class.getResource(family + ".onnx"))
                .toURI());
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
