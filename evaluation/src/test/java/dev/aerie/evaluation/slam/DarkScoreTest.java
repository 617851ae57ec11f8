package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A camera that flies 1 m in each tenth of a second, in a world of its own.
final class DarkScoreTest {

    private static final RigidTransform OWN_FROM_WORLD =
            new RigidTransform(Rotation.exp(new Vector3(0.3, -1, 2)), new Vector3(5, 6, 7));
    private static final Trajectory TRUTH = new Trajectory(IntStream.range(0, 100)
            .mapToObj(i -> new TimedPose(i / 10.0, truth(i)))
            .toList());

    private static RigidTransform truth(int frame) {
        return new RigidTransform(Rotation.IDENTITY, new Vector3(frame, 0, 0));
    }

    /// - `off`: metres
    private static MetricPose pose(int frame, boolean isPredicted, double off) {
        var there = OWN_FROM_WORLD.times(new RigidTransform(Rotation.IDENTITY, new Vector3(frame, off, 0)));
        return new MetricPose(Math.round(frame * 1e8), there, isPredicted, 0.5);
    }

    @Test
    void of_framesPredictedBetweenOthers_isTheErrorOfTheLastOne() {
        List<MetricPose> poses = new ArrayList<>();
        IntStream.range(20, 30).forEach(i -> poses.add(pose(i, false, 0)));
        IntStream.range(30, 50).forEach(i -> poses.add(pose(i, true, 0.1 * (i - 29))));
        IntStream.range(50, 60).forEach(i -> poses.add(pose(i, false, 3)));

        assertThat(DarkScore.of(TRUTH, poses)).get().satisfies(score -> {
            assertThat(score.seconds()).isCloseTo(2, within(1e-9));
            assertThat(score.metres()).isCloseTo(2, within(1e-9));
            assertThat(score.sigmas()).isCloseTo(4, within(1e-9));
            assertThat(score.metresAfter()).isCloseTo(3, within(1e-9));
        });
    }

    @Test
    void of_nothingPredicted_isUnknown() {
        assertThat(DarkScore.of(TRUTH, List.of(pose(20, false, 0), pose(21, false, 1))))
                .isEmpty();
    }
}
