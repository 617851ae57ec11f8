package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.settings.Device;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.detect.BatchConfig;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.text.GroundingDino;
import dev.aerie.vision.track.TrackingByDetection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is chosen where no model is installed.
final class TrackerFactoryTest {

    @TempDir
    Path empty;

    private TrackerFactory sight(String tracker) throws ModelException {
        return sight(tracker, "auto");
    }

    private TrackerFactory sight(String tracker, String detector) throws ModelException {
        return sight(tracker, detector, false);
    }

    private TrackerFactory sight(String tracker, String detector, boolean recordsDetections) throws ModelException {
        return sight(
                config(tracker, detector, "street", recordsDetections),
                TextSearch.without("no text detector is installed"));
    }

    private TrackerFactory sight(TrackerConfig config, TextSearch text) throws ModelException {
        return TrackerFactory.choose(
                config, text, new ModelStore(empty, ModelManifest.load()), InferenceDevice.of(Device.CPU, 1));
    }

    private static TrackerConfig config(String tracker, String detector, String classes, boolean recordsDetections) {
        return new TrackerConfig(
                tracker,
                new Sam2Config("auto", 512, Precision.FP32, MemoryPolicy.SELECTIVE, CorrectionRule.CONDITIONING, true),
                detector,
                classes,
                new TrackingLimits(8, 10, 30),
                WholeFrameConfig.DEFAULT,
                recordsDetections,
                BatchConfig.NONE,
                DetectorInput.DEFAULT);
    }

    private static StreamControl control() {
        return control(StrategyKind.DETECTOR);
    }

    private static StreamControl control(StrategyKind strategy) {
        return new StreamControl(ProcessingMode.VIDEO, 10, new StrategyChoice(strategy, "thing."));
    }

    @Test
    void choose_autoWithoutWeights_takesBilateralAndReportsTheCause() throws Exception {
        try (var trackerFactory = sight("auto");
                var tracker = trackerFactory.open(ProcessingMode.VIDEO, control());
                var image = trackerFactory.open(ProcessingMode.IMAGE, control())) {
            assertThat(trackerFactory.trackerName()).isEqualTo("bilateral");
            assertThat(trackerFactory.detectorName()).isEqualTo("motion_network");
            assertThat(trackerFactory.statistics())
                    .singleElement()
                    .satisfies(one -> assertThat(one.model()).isEqualTo("motion_network"));
            assertThat(tracker).isInstanceOf(PromptedTracker.class);
            assertThat(image.name()).isEqualTo("none");
            assertThat(trackerFactory.automaticMasks().unavailableReason())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("no weights").contains(empty.toString()));
        }
    }

    @Test
    void open_segmentWithoutWeights_isAnErrorThatNamesTheCause() throws Exception {
        try (var trackerFactory = sight("auto")) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> trackerFactory
                            .open(ProcessingMode.SEGMENT, control())
                            .close())
                    .withMessageContaining("SAM 2.1 or EdgeTAM")
                    .withMessageContaining(empty.toString());
        }
    }

    @Test
    void choose_motionNetwork_runsTheNetworkThatComesWithAerie() throws Exception {
        try (var trackerFactory = sight("auto", "motion_network");
                var detector = trackerFactory.openDetector()) {
            assertThat(detector.name()).isEqualTo("motion_network");
            assertThat(trackerFactory.detectorName()).isEqualTo("motion_network");
            assertThat(trackerFactory.statistics())
                    .extracting(ModelStatistics::model)
                    .containsExactly("motion_network");
        }
    }

    @ParameterizedTest
    @CsvSource({"motion_network, motion_network", "motion, motion", "auto, yolox_nano"})
    void choose_aModelIsInstalled_itNamesWhatMovesWhoeverProposes(String detector, String name) throws Exception {
        Files.copy(model("yolox_nano.onnx"), empty.resolve("yolox_nano.onnx"));

        try (var trackerFactory = sight(config("bilateral", detector, "street", true), TextSearch.without("none"));
                var tracker = trackerFactory.open(ProcessingMode.VIDEO, control(StrategyKind.MOTION))) {
            assertThat(trackerFactory.detectorName()).isEqualTo(name);
            assertThat(trackerFactory.reason()).contains("yolox_nano");
            assertThat(trackerFactory.labels()).hasSize(80);
            assertThat(tracker.process(TestFrame.black("s", 0, 128, 64))).isEmpty();
        }
    }

    @Test
    void choose_groundingDino_looksForTheClassesThatAreTracked() throws Exception {
        var tiny = Path.of("src", "test", "resources", "dev", "aerie", "vision", "text", "tiny_dino");
        try (var text = TextSearch.with(GroundingDino.open(tiny, 0.25, 0.2, InferenceDevice.of(Device.CPU, 1)));
                var trackerFactory = sight(config("mot", "grounding_dino", "Car, traffic light", true), text);
                var tracker = trackerFactory.open(ProcessingMode.VIDEO, control())) {
            var frame = TestFrame.black("s", 0, 200, 100);
            var _ = tracker.process(frame);
            assertThat(trackerFactory.detectorName()).isEqualTo("grounding_dino");
            assertThat(trackerFactory.labels()).containsExactly("car", "traffic light");
            assertThat(trackerFactory.statistics().stream().mapToLong(ModelStatistics::runs))
                    .containsExactlyInAnyOrder(1L, 0L);
            assertThat(tracker.detectionsIn(frame.stamp().id()))
                    .hasValueSatisfying(found ->
                            assertThat(found).extracting(Detection::label).containsExactly("car", "traffic light"));
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> sight(config("mot", "grounding_dino", "all", false), text))
                    .withMessageContaining("DETECT_CLASSES=all");
        }
    }

    @Test
    void choose_mot_followsBoxes() throws Exception {
        try (var trackerFactory = sight("mot");
                var tracker = trackerFactory.open(ProcessingMode.VIDEO, control())) {
            assertThat(tracker).isInstanceOf(TrackingByDetection.class);
            assertThat(trackerFactory.trackerName()).isEqualTo("bytetrack");
        }
    }

    @ParameterizedTest
    @CsvSource({"mot, VIDEO", "bilateral, VIDEO", "bilateral, IMAGE"})
    void detectionsIn_recorded_areThoseOfTheFrameWithEveryClass(String tracker, ProcessingMode mode) throws Exception {
        var frame = TestFrame.black("s", 0, 128, 64);
        for (int at = 0; at < frame.bgr().capacity(); at += 3) {
            frame.bgr().put(at, (byte) 255);
        }
        try (var recording = sight(tracker, toy().toString(), true);
                var video = recording.open(mode, control())) {
            var _ = video.process(frame);
            assertThat(video.detectionsIn(frame.stamp().id()))
                    .hasValueSatisfying(found ->
                            assertThat(found).extracting(Detection::label).contains("thing"));
        }
        try (var silent = sight(tracker, toy().toString());
                var video = silent.open(mode, control())) {
            var _ = video.process(frame);
            assertThat(video.detectionsIn(frame.stamp().id())).isEmpty();
        }
    }

    @Test
    void choose_sam2WithoutWeights_isAnErrorThatNamesTheRemedy() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> sight("sam2").close())
                .withMessageContaining("./aerie models get");
    }

    @Test
    void open_textStrategyWithoutATextDetector_isAnErrorThatNamesTheCause() throws Exception {
        try (var trackerFactory = sight("bilateral")) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> trackerFactory
                            .open(ProcessingMode.VIDEO, control(StrategyKind.TEXT))
                            .close())
                    .withMessageContaining("no text detector");
        }
    }

    @Test
    void unavailableReason_wordsWithoutAModel_namesTheRemedy() throws Exception {
        try (var boxes = sight("mot");
                var masks = sight("bilateral")) {
            assertThat(masks.unavailableReason(StrategyKind.MOTION, "car")).isEmpty();
            assertThat(masks.unavailableReason(StrategyKind.TEXT, "car"))
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains(
                                    "no text detector is installed",
                                    "./aerie models get yolox_nano",
                                    "TEXT_MODEL_DIR"));
            assertThat(boxes.unavailableReason(StrategyKind.MOTION, "car"))
                    .hasValueSatisfying(why -> assertThat(why).contains("VIDEO_TRACKER_TYPE=mot"));
        }
    }

    @Test
    void missing_wordsWithADetector_areThoseThatItsNamesLack() throws Exception {
        Path file = model("yolox_nano.onnx");

        try (var trackerFactory = sight("bilateral", file.toString());
                var tracker = trackerFactory.open(ProcessingMode.VIDEO, control(StrategyKind.TEXT))) {
            assertThat(trackerFactory.labels()).hasSize(80).contains("car", "traffic light");
            assertThat(trackerFactory.unavailableReason(StrategyKind.TEXT, "Car. traffic light."))
                    .isEmpty();
            assertThat(trackerFactory.unavailableReason(StrategyKind.TEXT, "car. red van."))
                    .hasValueSatisfying(why -> assertThat(why).startsWith("'red van' cannot be detected"));
            assertThat(tracker).isInstanceOf(PromptedTracker.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yolox_nano, yolox_nano is not installed in",
        "grounding_dino, 'DETECTOR=grounding_dino, but no text detector is installed'",
        "edgetam, DETECTOR=edgetam is not a detector: it segments",
        "mine.onnx, DETECTOR=mine.onnx: neither a model of the manifest nor a file",
        "damaged.onnx, damaged cannot be loaded by ONNX Runtime"
    })
    void choose_detectorThatIsNotAvailable_isAnErrorThatNamesTheCause(String detector, String why) throws Exception {
        Files.writeString(empty.resolve("damaged.onnx"), "no model");

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> sight("mot", detector).close())
                .withMessageContaining(why);
    }

    @Test
    void choose_detectorOfAnOpsetOfTheFuture_isAnErrorThatNamesWhich() throws Exception {
        byte[] toy = Files.readAllBytes(toy());
        // The file ends with `opset_import { domain: "" version: 17 }` and notes of its maker.
        String letters = new String(toy, StandardCharsets.ISO_8859_1);
        toy[letters.lastIndexOf("B\4\n\0\20\21") + 5] = 99;
        Files.write(empty.resolve("future.onnx"), toy);

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> sight("mot", "future.onnx").close())
                .withMessageContaining("future cannot be loaded by ONNX Runtime")
                .withMessageContaining("Opset 99");
    }

    @Test
    void choose_fileOfADetector_isTakenByItsHead() throws Exception {
        Path file = model("yolox_nano.onnx");
        Files.copy(file, empty.resolve("mine.onnx"));

        try (var relative = sight("mot", "mine.onnx");
                var absolute = sight("mot", file.toString())) {
            assertThat(relative.detectorName()).isEqualTo("mine");
            assertThat(relative.reason()).contains(empty.resolve("mine.onnx").toString());
            assertThat(absolute.detectorName()).isEqualTo("yolox_nano");
        }
    }

    @Test
    void choose_fileOfAnotherKindOfModel_isRefusedWithItsOutputs() {
        Path file = model("osnet_x0_25_msmt17.onnx");

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> sight("mot", file.toString()).close())
                .withMessageContaining("osnet_x0_25_msmt17");
    }

    private static Path toy() {
        return Path.of(
                        System.getProperty("aerie.root", ".."),
                        "common-vision/src/test/resources/dev/aerie/vision/detect/yolo.onnx")
                .toAbsolutePath();
    }

    /// A model of the data folder; the test is skipped where it is not there.
    private static Path model(String name) {
        String root = System.getProperty("aerie.root", "..");
        Path data = Path.of(System.getenv().getOrDefault("AERIE_DATA", root + "/../shared"));
        Path file = data.resolve("models").resolve(name);
        assumeTrue(Files.isRegularFile(file), name + " is not in AERIE_DATA");
        return file.toAbsolutePath();
    }
}
