package dev.aerie.evaluation.slam.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.testing.SharedData;
import dev.aerie.slam.trajectory.KittiFile;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.trajectory.TumFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The figures that evo gives for the same files: RMSE in metres, to 1e-6.
final class EvoFiguresTest {

    private static final double METRES = 1e-6;

    @ParameterizedTest
    @CsvSource({
        "fr2_desk_ORB, fr2_desk_groundtruth, 2174, 3.173993542, 0.008118978, 0.006123163, 0.003490321, 0.003485017",
        "KITTI_00_ORB, KITTI_00_gt, 4541, 7.790288883, 1.303449715, 0.937709074, 0.028120377, 0.027822453",
        "KITTI_00_SPTAM, KITTI_00_gt, 4541, 9.224541737, 3.738487908, 3.635293564, 0.034919368, 0.035017253"
    })
    void errors_ofPublishedTrajectories_equalEvos(
            String estimate,
            String truth,
            int pairCount,
            double unaligned,
            double rigid,
            double similar,
            double relative,
            double relativeSimilar)
            throws IOException {
        var pairs = PosePairs.associate(read(truth), read(estimate), PosePairs.DEFAULT_SECONDS);
        var none = TrajectoryErrors.of(pairs, Alignment.NONE);
        var moved = TrajectoryErrors.of(pairs, Alignment.RIGID);
        var scaled = TrajectoryErrors.of(pairs, Alignment.SIMILARITY);

        assertThat(pairs.size()).isEqualTo(pairCount);
        assertThat(none.absoluteTranslation().rmse()).isCloseTo(unaligned, within(METRES));
        assertThat(moved.absoluteTranslation().rmse()).isCloseTo(rigid, within(METRES));
        assertThat(scaled.absoluteTranslation().rmse()).isCloseTo(similar, within(METRES));
        assertThat(none.relativeTranslation(1).rmse()).isCloseTo(relative, within(METRES));
        assertThat(moved.relativeTranslation(1).rmse()).isCloseTo(relative, within(METRES));
        assertThat(scaled.relativeTranslation(1).rmse()).isCloseTo(relativeSimilar, within(METRES));
    }

    private static Trajectory read(String name) throws IOException {
        Path file = SharedData.require("data/trajectories/" + name + ".txt");
        return name.startsWith("KITTI") ? KittiFile.read(file) : TumFile.read(file);
    }
}
