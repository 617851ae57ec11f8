package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.evaluation.detection.TrueObject;
import dev.aerie.evaluation.slam.SimulatedSequence;
import dev.aerie.settings.Device;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.models.ModelManifest;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.sam2.CorrectionRule;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.tracker.Sam2Config;
import dev.aerie.vision.tracker.TrackerConfig;
import dev.aerie.vision.tracker.TrackerFactory;
import dev.aerie.vision.tracker.TrackingLimits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline with the motion network, in a few frames of the simulator.
final class AutoRunTest {

    private static final SimulatedSequence FLIGHT =
            SimulatedSequence.parse("sim:still?seed=1&size=320x180&fps=15&frames=24");

    @TempDir
    private Path empty;

    @Test
    void score_cameraAndWorldStandStill_findsNothingAndIsRight() throws IOException, ModelException {
        AutoScore score;
        try (var trackers = trackers();
                var video = SimulatedVideo.still(FLIGHT)) {
            score = new AutoRun(trackers).score(video);
        }
        assertThat(score.j()).isEqualTo(1);
        assertThat(score.falseBoxArea()).isZero();
        assertThat(score.falseObjectArea()).isZero();
        assertThat(score.judged()).isEqualTo(22);
        assertThat(score.wanted()).isZero();
    }

    @Test
    void truth_peopleAndCarsMove_isOfThoseLargeEnough() {
        try (var video = SimulatedVideo.of(FLIGHT)) {
            video.frame(0).release();
            var truth = video.truth();
            assertThat(truth.objects().isEmpty()).isFalse();
            assertThat(truth.objects().sharedPixels(truth.ignored())).isZero();
            assertThat(truth.named())
                    .extracting(TrueObject::label)
                    .isSubsetOf("person", "car", "truck")
                    .isNotEmpty();
            assertThat(truth.named().stream().filter(TrueObject::isToBeFound)).allSatisfy(object -> {
                var box = BinaryMask.of(FLIGHT.size(), object.box());
                assertThat(box.sharedPixels(truth.objects())).isPositive();
            });
        }
    }

    private TrackerFactory trackers() throws ModelException {
        var config = new TrackerConfig(
                "bilateral",
                new Sam2Config("auto", 512, Precision.FP32, MemoryPolicy.SELECTIVE, CorrectionRule.CONDITIONING, false),
                "motion_network",
                "street",
                TrackingLimits.DEFAULT);
        return TrackerFactory.choose(
                config,
                TextSearch.without("none is installed"),
                new ModelStore(empty, ModelManifest.load()),
                InferenceDevice.of(Device.CPU, 1));
    }
}
