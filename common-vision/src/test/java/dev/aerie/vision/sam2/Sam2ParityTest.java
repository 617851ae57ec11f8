package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.ObjectMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tracker against the publishers' own predictors, with the same weights made from a formula: points, a box, a
/// mask, corrections, an object added and objects removed while others are followed, darkness; in frames that are not
/// square, until the pointers of all corrections have left.
final class Sam2ParityTest {

    private static final Logger LOG = LoggerFactory.getLogger(Sam2ParityTest.class);
    private static final int THREADS = 2;

    /// The publishers' predictors keep every conditioning frame: here more than a scene has.
    private static final TrackerLimits LIMITS = new TrackerLimits(8, TrackerLimits.DEFAULT.batchBytes());

    /// Frames after which rounding has grown: a pixel of a corrected mask next to its edge falls on one side or the
    /// other, is remembered, and the next masks follow it.
    private static final int MANY_FRAMES = 20;

    private static final String GOLDENS = "aerie.goldens";
    private static final Precision PRECISION = Precision.parse(System.getProperty("aerie.precision", "fp32"));
    private static final Device DEVICE = Device.parse(System.getProperty("aerie.device", "cpu"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"edgetam_512", "edgetam_512_long", "sam2.1_tiny_512"})
    void track_seededWeights_drawsWhatTheReferenceDraws(String name) throws IOException, ModelException {
        try (var golden = Golden.open(name)) {
            assertThat(compared(golden, name, PRECISION).absent()).isPositive();
        }
    }

    @Test
    void track_int8_drawsAlmostWhatTheReferenceDraws() throws IOException, ModelException {
        try (var golden = Golden.open("edgetam_512")) {
            assertThat(compared(golden, "edgetam_512 int8", Precision.INT8).worstLogit())
                    .isGreaterThan(0.02);
        }
    }

    /// The same for other models and sizes: `deploy/models/sam2/parity.sh` makes their goldens.
    @ParameterizedTest
    @MethodSource
    @EnabledIfSystemProperty(named = GOLDENS, matches = ".+")
    void track_goldensOfAFolder_drawsWhatTheReferenceDraws(Path file) throws IOException, ModelException {
        try (var golden = Golden.open(file)) {
            compared(golden, file.getFileName().toString(), PRECISION);
        }
    }

    static List<Path> track_goldensOfAFolder_drawsWhatTheReferenceDraws() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty(GOLDENS)))) {
            return files.filter(file -> file.toString().endsWith(".golden.gz"))
                    .sorted()
                    .toList();
        }
    }

    private Agreement compared(Golden golden, String name, Precision precision) throws IOException, ModelException {
        var agreement = new Agreement();
        try (var trackers = open(golden, precision);
                var tracker = trackers.open(golden.frameSize(), 4, 4)) {
            var replay = new Replay(golden, tracker);
            for (int time = 0; time < golden.frames(); time++) {
                for (ObjectMask mask : replay.step(time)) {
                    agreement.compare(golden.next(time), mask, name + " frame " + time + " object " + mask.object());
                }
            }
        }
        LOG.info("compared golden={} {}", name, agreement);
        assertThat(2 * agreement.informative()).as("%s", agreement).isGreaterThan(agreement.results());
        if (precision == Precision.FP32) {
            assertAgrees(agreement, golden.frames() > MANY_FRAMES);
        } else {
            assertAlmostAgrees(agreement);
        }
        return agreement;
    }

    private static void assertAgrees(Agreement agreement, boolean afterManyFrames) {
        assertThat(agreement.misjudged()).isEmpty();
        assertThat(agreement.worstLogit()).as("%s", agreement).isLessThan(afterManyFrames ? 0.3 : 1e-2);
        assertThat(agreement.worstScore()).as("%s", agreement).isLessThan(1e-2);
        double leastOverlap = afterManyFrames ? 0.99 : 0.999;
        assertThat(agreement.minOverlap()).as("%s", agreement).isGreaterThan(leastOverlap);
        assertThat(agreement.minOverlapInFrame()).as("%s", agreement).isGreaterThan(leastOverlap);
        assertThat(agreement.meanOverlap()).as("%s", agreement).isGreaterThan(0.999);
    }

    /// In 8 bits, with weights from a formula, whose masks are noise with long edges.
    private static void assertAlmostAgrees(Agreement agreement) {
        assertThat(20 * agreement.misjudged().size()).as("%s", agreement).isLessThanOrEqualTo(agreement.results());
        assertThat(agreement.minOverlap()).as("%s", agreement).isGreaterThan(0.9);
        assertThat(agreement.meanOverlap()).as("%s", agreement).isGreaterThan(0.97);
    }

    private Sam2Trackers open(Golden golden, Precision precision) throws IOException, ModelException {
        ModelGraphs modelGraphs = ModelGraphs.find(golden.model()).orElseThrow();
        new SeededWeights(golden.scoreBias()).write(modelGraphs.layout(), folder);
        return Sam2Trackers.open(
                modelGraphs,
                golden.size(),
                folder,
                LIMITS,
                MemoryAdmissionConfig.ALL.withCorrections(golden.corrections()),
                precision,
                InferenceDevice.of(DEVICE, THREADS));
    }
}
