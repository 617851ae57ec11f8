package dev.aerie.slam.inertial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.Flown;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/// A flight round corners at 5 m/s, seen ten times a second with errors of 1 cm, by an engine in whose map a MEMS
/// sensor's readings take part, and which sees nothing for a while.
final class InertialSlamTest {

    private static final int SAMPLES_PER_FRAME = 20;
    private static final int LOST = 60;
    private static final int LIGHT = 90;

    /// A second map, of another unit.
    private static final Sim3 OTHER_FROM_FIRST =
            new Sim3(Rotation.exp(new Vector3(-1, 0.4, 0.2)), new Vector3(-7, 2, 0), 3);

    private final Flown flown = new Flown(Scenario.TURNS, new ImuNoise(2e-3, 0, 2e-2, 0), 0.01, 3);
    private final ImuBuffer readings = new ImuBuffer();
    private final ScriptedInertialEngine engine = new ScriptedInertialEngine(Flown.MAP_FROM_WORLD.inverse());
    private final InertialSlam slam = new InertialSlam(engine, readings, Flown.calibration(0), InertialConfig.DEFAULT);
    private final Mat grey = new Mat();

    private List<TrackedFrame> fly(int from, int until) {
        List<TrackedFrame> tracked = new ArrayList<>();
        for (int frame = from; frame < until; frame++) {
            for (long i = (long) frame * SAMPLES_PER_FRAME; i <= (frame + 1L) * SAMPLES_PER_FRAME; i++) {
                readings.add(flown.reading(i));
            }
            tracked.add(slam.track(new GreyFrame(frame, Flown.nanos(frame / 10.0), grey)));
        }
        return tracked;
    }

    private double errorMetres(TrackedFrame frame) {
        var pose = frame.pose().orElseThrow();
        var place =
                slam.metricFromMap().orElseThrow().apply(pose.worldFromCamera().translation());
        return place.distanceTo(flown.truth(pose.frameNumber() / 10.0).translation());
    }

    private double sigmaMetres(TrackedFrame frame) {
        return slam.metricFromMap().orElseThrow().scale()
                * Math.sqrt(frame.covariance().getFirst()
                        + frame.covariance().get(7)
                        + frame.covariance().get(14));
    }

    private Optional<FramePose> seen(GreyFrame frame) {
        return Optional.of(flown.pose(frame.frameNumber() / 10.0));
    }

    @Test
    void track_nothingSeenFor3Seconds_isPredictedAsWellAsItSays() {
        engine.script = frame -> frame.frameNumber() < LOST ? seen(frame) : Optional.empty();
        fly(0, LOST);
        var dark = fly(LOST, LIGHT);

        assertThat(dark).extracting(TrackedFrame::state).containsOnly(TrackingState.RELOCALIZING);
        assertThat(dark).allSatisfy(frame -> assertThat(errorMetres(frame)).isLessThan(3 * sigmaMetres(frame)));
        assertThat(errorMetres(dark.getLast())).as("metres, after 15 m").isLessThan(0.3);
        assertThat(sigmaMetres(dark.getLast())).isBetween(3 * sigmaMetres(dark.getFirst()), 1.0);
    }

    @Test
    void track_nothingSeen_tellsTheEngineWhereTheCameraCanBe() {
        engine.script = frame -> frame.frameNumber() < LOST ? seen(frame) : Optional.empty();
        fly(0, LIGHT);
        var truth = flown.pose((LIGHT - 1) / 10.0).worldFromCamera();
        var elsewhere = new RigidTransform(truth.rotation(), truth.translation().plus(new Vector3(4, 0, 0)));

        assertThat(engine.expected).singleElement().satisfies(expected -> {
            assertThat(expected.allows(truth)).isTrue();
            assertThat(expected.allows(elsewhere)).isFalse();
        });
    }

    @Test
    void track_withoutReadingsOfAPiece_predictsNothing() {
        engine.script = frame -> frame.frameNumber() < LOST ? seen(frame) : Optional.empty();
        fly(0, LOST + 5);
        var later = fly(LOST + 10, LOST + 15);

        assertThat(later).allSatisfy(frame -> assertThat(frame.pose()).isEmpty());
        assertThat(later).extracting(TrackedFrame::state).containsOnly(TrackingState.LOST);
    }

    @Test
    void track_newSubmapAfterDarkness_liesInTheSameWorld() {
        engine.script = frame -> frame.frameNumber() < LOST
                ? seen(frame)
                : frame.frameNumber() < LIGHT ? Optional.empty() : Optional.of(inOther(frame));
        fly(0, LIGHT);
        var light = fly(LIGHT, LIGHT + 45);

        assertThat(errorMetres(light.getLast())).as("metres, after 37 m").isLessThan(1);
        assertThat(engine.starts).extracting(InertialStart::submap).containsOnly(1);
        assertThat(slam.metricFromMap().orElseThrow().scale()).isCloseTo(2.7 / 3, within(0.05 * 2.7 / 3));
    }

    @Test
    void track_rollingShutterWithoutReadings_takesTheTurnOfTheLastFrames() {
        double readout = 0.03;
        var steady = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 3);
        List<GreyFrame> frames = new ArrayList<>();
        engine.script = frame -> {
            frames.add(frame);
            return Optional.of(steady.pose(frame.frameNumber() / 10.0));
        };
        var rolling = new InertialSlam(engine, readings, Flown.calibration(readout), InertialConfig.DEFAULT);
        for (int frame = 0; frame < 60; frame++) {
            rolling.track(new GreyFrame(frame, Flown.nanos(frame / 10.0), grey));
        }

        var forward = new Vector3(0.3, -0.2, 1);
        assertThat(frames.subList(0, 2)).extracting(GreyFrame::rowTurns).containsOnly(RowTurns.NONE);
        double most = 0;
        for (int frame = 2; frame < 60; frame++) {
            var before = steady.truth((frame - 2) / 10.0).rotation();
            var turn = before.inverse()
                    .times(steady.truth((frame - 1) / 10.0).rotation())
                    .log();
            var lastRow = Rotation.exp(turn.times(readout / 2 / 0.1)).apply(forward);
            assertThat(frames.get(frame).rowTurns().atCapture(1, forward).distanceTo(lastRow))
                    .isLessThan(1e-9);
            most = Math.max(most, lastRow.distanceTo(forward));
        }
        assertThat(most).as("what there was to bring").isGreaterThan(5e-3);
    }

    private FramePose inOther(GreyFrame frame) {
        var pose = flown.pose(frame.frameNumber() / 10.0);
        return new FramePose(
                pose.frameNumber(), pose.captureTimeNanos(), 1, OTHER_FROM_FIRST.applyTo(pose.worldFromCamera()));
    }
}
