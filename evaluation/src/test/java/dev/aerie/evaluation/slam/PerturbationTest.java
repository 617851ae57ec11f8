package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PerturbationTest {

    private static final int FRAMES = 20;

    private final ImageSequence sequence = sequence();

    @Test
    void of_manyRuns_beginElsewhereAndGoBothWays() {
        List<Perturbation> ways = Perturbation.of(20, 500, 7);

        assertThat(ways).doesNotHaveDuplicates().hasSize(20);
        assertThat(ways.getFirst()).isEqualTo(new Perturbation(0, false, false, 7));
        assertThat(ways).filteredOn(Perturbation::isBackwards).hasSize(10);
        assertThat(ways)
                .filteredOn(Perturbation::isEverySecondLeftOut)
                .extracting(Perturbation::isBackwards)
                .contains(true, false);
        assertThat(ways).extracting(Perturbation::firstFrame).allMatch(first -> first < 100);
    }

    @Test
    void applyTo_backwards_timesRunOnAndTruthStaysWithItsFrame() {
        ImageSequence run = new Perturbation(2, true, true, 7).applyTo(sequence);

        assertThat(run.seconds()).isSorted().hasSize(9);
        assertThat(run.images().getFirst()).isSameAs(sequence.images().get(17));
        for (int i = 0; i < run.images().size(); i++) {
            int frame = sequence.images().indexOf(run.images().get(i));
            double seconds = run.seconds().get(i);
            assertThat(run.truth().orElseThrow().poses())
                    .filteredOn(pose -> Math.abs(pose.seconds() - seconds) < 1e-9)
                    .extracting(pose -> pose.worldFromCamera().translation())
                    .containsExactly(place(frame));
        }
    }

    @Test
    void score_twoSubmapsOfDifferentScale_eachIsAlignedOnItsOwn() {
        var poses = IntStream.range(0, FRAMES)
                .mapToObj(i -> new FramePose(
                        i,
                        Math.round(i * 1e8),
                        i < 10 ? 1 : 2,
                        new RigidTransform(Rotation.IDENTITY, place(i).times(i < 10 ? 3 : 0.2))))
                .toList();

        PartsScore score = PartsScore.of(sequence.truth().orElseThrow(), poses).orElseThrow();

        assertThat(score.ateMetres()).isCloseTo(0, within(1e-9));
        assertThat(score.areDegrees()).isCloseTo(0, within(1e-5));
    }

    @Test
    void score_posesOfOnePlace_areNoScore() {
        var poses = IntStream.range(0, FRAMES)
                .mapToObj(i -> new FramePose(i, Math.round(i * 1e8), 1, RigidTransform.IDENTITY))
                .toList();

        assertThat(PartsScore.of(sequence.truth().orElseThrow(), poses)).isEmpty();
    }

    /// Ten frames a second along a bend; the frames themselves are never read.
    private static ImageSequence sequence() {
        var seconds = IntStream.range(0, FRAMES).mapToObj(i -> i / 10.0).toList();
        var images = IntStream.range(0, FRAMES)
                .mapToObj(i -> ImageSequence.Frame.drawn(2 + i, 2, _ -> {}))
                .toList();
        var truth = new Trajectory(IntStream.range(0, FRAMES)
                .mapToObj(i -> new TimedPose(seconds.get(i), new RigidTransform(Rotation.IDENTITY, place(i))))
                .toList());
        return new ImageSequence(images, seconds, new PinholeCamera(640, 480, 500, 500, 320, 240), Optional.of(truth));
    }

    private static Vector3 place(int frame) {
        return new Vector3(frame * 0.5, Math.sin(frame * 0.3), 0.1 * frame * frame);
    }
}
