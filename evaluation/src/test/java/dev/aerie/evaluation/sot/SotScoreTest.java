package dev.aerie.evaluation.sot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.evaluation.vos.VosSequence;
import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sot.NanoTrack;
import dev.aerie.vision.sot.NanoTrackConfig;
import dev.aerie.vision.sot.NanoTrackModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SotScoreTest {

    private static final Box BOX = new Box(0, 0, 100, 100);

    /// An overlap of 1 is above 20 of the 21 thresholds: the last one is 1 itself.
    @Test
    void of_theTruthItself_isPerfectButForTheLastThreshold() {
        var score = SotScore.of("same", List.of(BOX), List.of(BOX), 30);
        assertThat(score.auc()).isCloseTo(20.0 / 21, within(1e-9));
        assertThat(score.precision()).isEqualTo(1);
    }

    /// Moved by a third: an overlap of 1/2, above 10 thresholds; the centre is 33 pixels away.
    @Test
    void of_boxBeside_countsWhereTheOverlapAllows() {
        var score = SotScore.of("beside", List.of(BOX), List.of(new Box(100 / 3.0, 0, 100, 100)), 30);
        assertThat(score.auc()).isCloseTo(10.0 / 21, within(1e-9));
        assertThat(score.precision()).isZero();
    }

    @Test
    void of_oneBoxMissing_isRefused() {
        assertThatThrownBy(() -> SotScore.of("short", List.of(BOX), List.of(), 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 1 and 0");
    }

    @Test
    void score_nanoTrackOnASwanAndACar_holdsThem() throws IOException, ModelException {
        var data = SharedData.require("data/davis2016");
        var models = SharedData.require("models/nanotrack");
        try (var model = NanoTrackModel.open(models, InferenceDevice.of(Device.CPU, 1));
                var tracker = new NanoTrack(model, NanoTrackConfig.DEFAULT)) {
            for (String name : List.of("blackswan", "car-shadow")) {
                var score = SotRun.score(VosSequence.read(data.resolve(name)), tracker);
                assertThat(score.auc()).as(name).isGreaterThan(0.85);
                assertThat(score.precision()).as(name).isGreaterThan(0.95);
            }
        }
    }
}
