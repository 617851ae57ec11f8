package dev.aerie.slam.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Poses of simulated flights with errors of 1 cm, readings with the errors of a MEMS sensor: true to 3 %.
final class VisualInertialAlignerTest {

    private static final double TRUE_SCALE = 2.7;
    private static final double FRACTION = 0.03;
    private static final int SAMPLES_PER_FRAME = 20;
    private static final long MILLI = 1_000_000;

    private final ImuBuffer readings = new ImuBuffer();
    private final VisualInertialAligner aligner = new VisualInertialAligner(
            readings, CameraCalibration.LOOKING_FORWARD, false, _ -> List.of(), InertialConfig.DEFAULT);

    /// What was said of each frame, 10 a second.
    private List<Optional<Sim3>> fly(Flown flown, double seconds, LongPredicate isMeasured) {
        return fly(flown, seconds, isMeasured, FramePose::worldFromCamera);
    }

    private List<Optional<Sim3>> fly(
            Flown flown, double seconds, LongPredicate isMeasured, Function<FramePose, RigidTransform> seen) {
        List<Optional<Sim3>> said = new ArrayList<>();
        for (int frame = 0; frame < seconds * 10; frame++) {
            for (long i = (long) frame * SAMPLES_PER_FRAME; i <= (frame + 1L) * SAMPLES_PER_FRAME; i++) {
                if (isMeasured.test(i)) {
                    readings.add(flown.reading(i));
                }
            }
            var pose = flown.pose(frame / 10.0);
            said.add(aligner.addPose(new FramePose(frame, pose.captureTimeNanos(), 0, seen.apply(pose))));
        }
        return said;
    }

    private void addReadings(Flown flown, int frame, long aheadNanos) {
        for (long i = (long) frame * SAMPLES_PER_FRAME; i <= (frame + 1L) * SAMPLES_PER_FRAME; i++) {
            var reading = flown.reading(i);
            readings.add(new ImuReading(
                    reading.timeNanos() + aheadNanos, reading.angularVelocity(), reading.specificForce()));
        }
    }

    @ParameterizedTest
    @CsvSource({"TOWN, 11", "TURNS, 12", "SPEEDS, 13", "BLACKOUT, 15"})
    void saw_flightThatSpeedsUpAndRotations_knowsTheMetreTo3Percent(Scenario scenario, long seed) {
        var said = fly(new Flown(scenario, ImuNoise.MEMS, 0.01, seed), 30, _ -> true);

        assertThat(said.getLast()).as("after 30 s").isPresent();
        assertThat(readings.aheadNanos()).as("clocks agree").isZero();
        said.stream().flatMap(Optional::stream).forEach(metricFromMap -> {
            assertThat(metricFromMap.scale()).isCloseTo(TRUE_SCALE, within(FRACTION * TRUE_SCALE));
            assertThat(tilt(metricFromMap)).as("degrees off the vertical").isLessThan(1.5);
        });
    }

    /// Between what it calls up and what is up.
    private static double tilt(Sim3 metricFromMap) {
        var up = metricFromMap.rotation().times(Flown.MAP_FROM_WORLD.rotation()).apply(new Vector3(0, 0, 1));
        return Math.toDegrees(Math.acos(Math.min(1, up.z())));
    }

    @ParameterizedTest
    @CsvSource({"STILL", "ROTATION"})
    void saw_flightWithoutParallax_claimsNothing(Scenario scenario) {
        var said = fly(new Flown(scenario, ImuNoise.MEMS, 0.01, 3), 30, _ -> true);

        assertThat(said).isNotEmpty().containsOnly(Optional.empty());
    }

    /// Acceleration at the start may tell the scale; even speed afterwards must not spoil it.
    @Test
    void saw_evenSpeedStraightAhead_claimsNothingOrTheTruth() {
        var said = fly(new Flown(Scenario.STRAIGHT, ImuNoise.MEMS, 0.01, 3), 20, _ -> true);

        assertThat(said)
                .isNotEmpty()
                .allSatisfy(claimed -> assertThat(claimed.map(Sim3::scale).orElse(TRUE_SCALE))
                        .isCloseTo(TRUE_SCALE, within(FRACTION * TRUE_SCALE)));
    }

    @Test
    void saw_readingsWithGaps_stillKnowsTheMetre() {
        var said = fly(new Flown(Scenario.SPEEDS, ImuNoise.MEMS, 0.01, 21), 30, i -> i % 2000 > 60);

        assertThat(said.getLast().orElseThrow().scale()).isCloseTo(TRUE_SCALE, within(FRACTION * TRUE_SCALE));
    }

    /// As if the lens were a quarter longer than the calibration says.
    @Test
    void saw_rotationsThatTheGyroscopeDenies_claimsNothing() {
        var flown = new Flown(Scenario.TURNS, ImuNoise.MEMS, 0.01, 12);
        var first = flown.pose(0).worldFromCamera().rotation();
        var said = fly(flown, 30, _ -> true, pose -> {
            var rotated = first.inverse().times(pose.worldFromCamera().rotation());
            var exaggerated = first.times(Rotation.exp(rotated.log().times(1.25)));
            return new RigidTransform(exaggerated, pose.worldFromCamera().translation());
        });

        assertThat(said.getLast()).isEmpty();
        assertThat(aligner.isGyroUnconfirmed()).isTrue();
        assertThat(aligner.gyroRotation(Flown.nanos(29), Flown.nanos(29.1))).isEmpty();
    }

    @Test
    void saw_readingsOfAClockThatJumped_claimsNothingUntilItIsBack() {
        var flown = new Flown(Scenario.TURNS, ImuNoise.MEMS, 0.01, 12);
        long hour = 3_600_000_000_000L;
        for (int frame = 0; frame < 200; frame++) {
            addReadings(flown, frame, frame < 100 ? hour : 0);
            assertThat(aligner.addPose(flown.pose(frame / 10.0)).isEmpty() || frame > 100)
                    .isTrue();
        }
        for (int frame = 200; frame < 400; frame++) {
            addReadings(flown, frame, 0);
            aligner.addPose(flown.pose(frame / 10.0));
        }
        assertThat(aligner.addPose(flown.pose(40.1)).orElseThrow().scale())
                .isCloseTo(TRUE_SCALE, within(FRACTION * TRUE_SCALE));
    }

    @Test
    void saw_lensThatWasGuessed_waitsForATurn() {
        var guessed = new VisualInertialAligner(
                readings, CameraCalibration.LOOKING_FORWARD, true, _ -> List.of(), InertialConfig.DEFAULT);
        var flown = new Flown(Scenario.SPEEDS, ImuNoise.MEMS, 0.01, 13);
        boolean isStraight = true;
        for (int frame = 0; frame < 300; frame++) {
            addReadings(flown, frame, 0);
            boolean isMetric = guessed.addPose(flown.pose(frame / 10.0)).isPresent();
            isStraight &=
                    flown.truth(0).rotation().angleTo(flown.truth(frame / 10.0).rotation()) < 0.2;
            assertThat(isMetric && isStraight).isFalse();
        }
        assertThat(guessed.isGyroUnconfirmed()).isFalse();
        assertThat(guessed.addPose(flown.pose(30))).isPresent();
    }

    @Test
    void saw_noReadings_claimsNothing() {
        assertThat(fly(new Flown(Scenario.TOWN, ImuNoise.NONE, 0, 1), 20, _ -> false))
                .containsOnly(Optional.empty());
    }

    @Test
    void saw_otherSubmapOfTheMap_beginsWithoutScale() {
        var flown = new Flown(Scenario.TOWN, ImuNoise.MEMS, 0.01, 11);
        fly(flown, 40, _ -> true);
        var pose = flown.pose(40);

        assertThat(aligner.addPose(new FramePose(400, pose.captureTimeNanos(), 1, pose.worldFromCamera())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TURNS, 40", "SPEEDS, -35"})
    void saw_readingsOfAClockThatIsAhead_findsTheOffsetAndTheMetre(Scenario scenario, long aheadMillis) {
        var flown = new Flown(scenario, ImuNoise.MEMS, 0.01, 12);
        Optional<Sim3> metricFromMap = Optional.empty();
        for (int frame = 0; frame < 250; frame++) {
            addReadings(flown, frame, aheadMillis * MILLI);
            metricFromMap = aligner.addPose(flown.pose(frame / 10.0));
        }

        assertThat((double) readings.aheadNanos() / MILLI).isCloseTo((double) aheadMillis, within(4.0));
        assertThat(metricFromMap.orElseThrow().scale()).isCloseTo(TRUE_SCALE, within(FRACTION * TRUE_SCALE));
        assertThat(aligner.isGyroUnconfirmed()).isFalse();
    }

    @Test
    void rowTurns_whileTurning_bringEachRowToTheMiddleOne() {
        var flown = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 1);
        for (int i = 0; i < 4000; i++) {
            readings.add(flown.reading(i));
        }
        double readout = 0.03;
        var forward = new Vector3(0.3, -0.2, 1);
        double most = 0;
        for (double t = 0.1; t < 19; t += 0.7) {
            var rowTurns = aligner.rowTurns(Flown.nanos(t), Math.round(readout * 1e9));
            for (double row : new double[] {0, 0.2, 0.5, 0.9, 1}) {
                var captureFromRow = flown.truth(t)
                        .rotation()
                        .inverse()
                        .times(flown.truth(t + (row - 0.5) * readout).rotation());
                var truth = captureFromRow.apply(forward);
                assertThat(rowTurns.atCapture(row, forward).distanceTo(truth)).isLessThan(5e-5);
                most = Math.max(most, truth.distanceTo(forward));
            }
        }
        assertThat(most).as("what there was to bring").isGreaterThan(5e-3);
    }

    @Test
    void rowTurns_globalShutterOrMissingReadings_areNone() {
        var flown = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 1);
        for (int i = 0; i < 400; i++) {
            readings.add(flown.reading(i));
        }

        assertThat(aligner.rowTurns(Flown.nanos(1), 0)).isSameAs(RowTurns.NONE);
        assertThat(aligner.rowTurns(Flown.nanos(3), 30 * MILLI)).isSameAs(RowTurns.NONE);
    }

    @Test
    void turned_betweenFrames_isTheCamerasRotation() {
        var flown = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 1);
        for (int i = 0; i < 4000; i++) {
            readings.add(flown.reading(i));
        }
        for (double t = 0.1; t < 19; t += 0.7) {
            var earlierFromLater =
                    aligner.gyroRotation(Flown.nanos(t), Flown.nanos(t + 0.1)).orElseThrow();
            var truth = flown.truth(t)
                    .rotation()
                    .inverse()
                    .times(flown.truth(t + 0.1).rotation());
            assertThat(Math.toDegrees(earlierFromLater.angleTo(truth))).isLessThan(0.01);
        }
    }
}
