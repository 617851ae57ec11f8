package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.SharedData;
import dev.aerie.slam.mono.MonocularSlam;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// A stretch of KITTI odometry: 51 frames, 60 m.
final class KittiSequenceTest {

    @Test
    void run_ofARealDrive_placesEveryFrame() throws IOException {
        var sequence = ImageSequence.open(SharedData.require("data/kitti/seq_a"));
        try (var slam = MonocularSlam.deterministic(sequence.camera())) {
            var run = SequenceRun.of(sequence, slam);
            var score = SlamScore.of(sequence.truth().orElseThrow(), run.trajectory());

            assertThat(run.trackedPercent()).isEqualTo(100);
            assertThat(run.submaps()).isEqualTo(1);
            assertThat(score.ateMetres()).as("metres, of 60").isLessThan(0.045);
            assertThat(score.areDegrees()).as("degrees").isLessThan(0.3);
        }
    }
}
