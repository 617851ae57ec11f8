package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Runs of a camera that flies 1 m in each of 100 frames, one every 0.1 s.
final class SequenceRunTest {

    private static final int FRAMES = 100;

    private static SequenceRun run(double... publishedSeconds) {
        var published = DoubleStream.of(publishedSeconds)
                .mapToObj(seconds ->
                        new FramePose(Math.round(10 * seconds), Math.round(1e9 * seconds), 0, RigidTransform.IDENTITY))
                .toList();
        return new SequenceRun(FRAMES, published, published, List.of(), List.of(), List.of(), Optional.empty());
    }

    @Test
    void longestGapSeconds_lostBetweenPoses_isTheTimeWithoutOne() {
        assertThat(run(1, 1.1, 4.5, 4.6).longestGapSeconds(5)).isCloseTo(3.4, within(1e-9));
    }

    @Test
    void longestGapSeconds_lostForGood_countsToTheEnd() {
        assertThat(run(1, 1.1, 1.2).longestGapSeconds(9.9)).isCloseTo(8.7, within(1e-9));
    }

    @Test
    void longestGapSeconds_neverTracked_isUnknown() {
        assertThat(run().longestGapSeconds(9.9)).isNaN();
    }

    @Test
    void loopScore_loopsBetweenDistantPlaces_areWrong() {
        var seconds = IntStream.range(0, FRAMES).mapToObj(i -> i / 10.0).toList();
        var truth = new Trajectory(seconds.stream()
                .map(moment ->
                        new TimedPose(moment, new RigidTransform(Rotation.IDENTITY, new Vector3(10 * moment, 0, 0))))
                .toList());
        var images = IntStream.range(0, FRAMES)
                .mapToObj(_ -> ImageSequence.Frame.drawn(2, 2, _ -> {}))
                .toList();
        var camera = PinholeCamera.ofFieldOfView(640, 480, 70);
        var loops =
                List.of(new LoopClosure(50, 35, false), new LoopClosure(90, 10, false), new LoopClosure(60, 30, true));
        var run = new SequenceRun(FRAMES, List.of(), List.of(), List.of(), loops, List.of(), Optional.empty());

        assertThat(LoopScore.of(new ImageSequence(images, seconds, camera, Optional.of(truth)), run))
                .isEqualTo(new LoopScore(3, 2));
        assertThat(LoopScore.of(new ImageSequence(images, seconds, camera, Optional.empty()), run))
                .isEqualTo(new LoopScore(3, 0));
    }
}
