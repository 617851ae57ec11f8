package dev.aerie.evaluation.vos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.SharedData;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The first frames of real videos; the floors lie a little below what was measured, see docs/segmentation.md.
final class DavisExcerptTest {

    private static final int FRAMES = 8;

    @ParameterizedTest
    @CsvSource({"blackswan, 0.87, 0.85", "car-shadow, 0.85, 0.75"})
    void score_beginningOfVideo_isAboveItsFloor(String name, double minJ, double minF)
            throws IOException, ModelException {
        var whole = VosSequence.read(SharedData.require("data/davis2016").resolve(name));
        var excerpt = new VosSequence(
                name, whole.frames().subList(0, FRAMES), whole.masks().subList(0, FRAMES));
        VosScore score;
        try (var trackers = new BilateralTrackers(BilateralConfig.DEFAULT)) {
            score = new VosRun(trackers).score(excerpt);
        }
        assertThat(score.j()).isGreaterThan(minJ);
        assertThat(score.f()).isGreaterThan(minF);
    }
}
