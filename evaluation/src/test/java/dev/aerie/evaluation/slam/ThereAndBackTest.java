package dev.aerie.evaluation.slam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A camera that goes 1 m in each of 11 frames; how far off the engine is on its way back is the test's.
final class ThereAndBackTest {

    private static final int FRAMES = 11;
    private static final int LAST = FRAMES - 1;

    private static final ImageSequence SEQUENCE = new ImageSequence(
            IntStream.range(0, FRAMES)
                    .mapToObj(_ -> ImageSequence.Frame.drawn(2, 2, _ -> {}))
                    .toList(),
            IntStream.range(0, FRAMES).mapToObj(i -> 5 + i / 10.0).toList(),
            PinholeCamera.ofFieldOfView(640, 480, 70),
            Optional.empty());

    private static FramePose pose(int frame, int submap, double x) {
        return new FramePose(
                frame,
                Math.round(1e9 * (5 + frame / 10.0)),
                submap,
                new RigidTransform(Rotation.IDENTITY, new Vector3(x, x * x / 20, 0)));
    }

    private static SequenceRun run(int first, int end, IntFunction<FramePose> pose) {
        var poses = IntStream.range(first, end).mapToObj(pose).toList();
        return new SequenceRun(FRAMES, poses, poses, List.of(), List.of(), List.of(), Optional.empty());
    }

    private static double back(int frame) {
        return frame <= LAST ? frame : 2 * LAST - frame;
    }

    @Test
    void thereAndBack_turnsAtTheLastFrame() {
        var both = ThereAndBack.thereAndBack(SEQUENCE);

        assertThat(both.images()).hasSize(2 * FRAMES - 1);
        assertThat(both.images().get(LAST + 3)).isSameAs(SEQUENCE.images().get(LAST - 3));
        assertThat(both.seconds()).isSorted().doesNotHaveDuplicates();
        assertThat(both.seconds().getLast()).isCloseTo(7, within(1e-9));
    }

    @Test
    void of_sameWayBackAndBackwards_hasNoError() {
        var there = run(2, FRAMES, i -> pose(i, 0, i));
        var figures = ThereAndBack.of(
                SEQUENCE,
                there,
                run(2, 2 * FRAMES - 1, i -> pose(i, 0, back(i))),
                run(0, FRAMES, i -> pose(i, 0, 3.0 * (LAST - i))));

        assertThat(figures.firstPoseSeconds()).isCloseTo(0.2, within(1e-9));
        assertThat(figures.trackedPercent()).isCloseTo(100 * 9 / 11.0, within(1e-9));
        assertThat(figures.submaps()).isEqualTo(1);
        assertThat(figures.closingPercent()).isCloseTo(0, within(1e-9));
        assertThat(figures.closingDegrees()).isCloseTo(0, within(1e-5));
    }

    @Test
    void of_aScaleThatShrinksOnTheWayBack_isItsShareOfTheWay() {
        var there = run(0, FRAMES, i -> pose(i, 0, i));
        IntFunction<FramePose> shrinking = i -> pose(i, 0, i <= LAST ? i : LAST - 0.8 * (i - LAST));
        var figures = ThereAndBack.of(
                SEQUENCE, there, run(0, 2 * FRAMES - 1, shrinking), run(0, FRAMES, i -> pose(i, 0, LAST - i)));

        assertThat(figures.closingPercent()).isBetween(9.0, 12.0);
        assertThat(figures.backwardsPercent()).isCloseTo(0, within(1e-6));
    }

    @Test
    void of_anotherSubmapOnTheWayBackAndNothingBackwards_isUnknown() {
        var there = run(0, FRAMES, i -> pose(i, 0, i));
        var figures = ThereAndBack.of(
                SEQUENCE,
                there,
                run(0, 2 * FRAMES - 1, i -> pose(i, i / FRAMES, back(i))),
                run(0, 0, i -> pose(i, 0, i)));

        assertThat(figures.closingPercent()).isNaN();
        assertThat(figures.backwardsPercent()).isNaN();
    }

    @Test
    void of_neverTracked_saysSo() {
        var none = run(0, 0, i -> pose(i, 0, i));

        assertThat(ThereAndBack.of(SEQUENCE, none, none, none).firstPoseSeconds())
                .isNaN();
    }
}
