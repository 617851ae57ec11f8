package dev.aerie.ptz.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.calibration.Calibration.Speed;
import dev.aerie.ptz.calibration.SelfCalibration.State;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.scenario.CalibrationRun;
import dev.aerie.ptz.simulated.AxisMechanics;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.Personality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SelfCalibrationTest {

    private static final long FIRST_SEED = 700;
    private static final int SEEDS = 2;
    private static final double SHARE = 0.03;
    private static final int WIDTH = 1920;

    static List<Personality> personalities() {
        return Personalities.all();
    }

    @ParameterizedTest
    @MethodSource("personalities")
    void run_anyPersonality_findsDeadTimeSpeedsAndFieldOfView(Personality personality) {
        double latency = personality.commands().latencySeconds();
        double hfov = personality.lens().hfovDegrees(1);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Calibration found = new CalibrationRun(personality, seed).run().orElseThrow();

            assertThat(found.deadTimeSeconds()).isCloseTo(latency, within(Math.max(0.02, 0.1 * latency)));
            assertSpeeds(found.panSpeeds(), personality.pan(), personality.speedScale());
            assertSpeeds(found.tiltSpeeds(), personality.tilt(), personality.speedScale());
            assertThat(found.hfovDegrees()).isCloseTo(hfov, within(SHARE * hfov));
            assertThat(found.confidence()).isGreaterThan(0.5);
        }
    }

    private static void assertSpeeds(List<Speed> speeds, AxisMechanics axis, double scale) {
        assertThat(speeds).isNotEmpty();
        for (Speed speed : speeds) {
            double real = scale * attainable(speed.commanded(), axis);
            assertThat(speed.real()).isCloseTo(real, within(SHARE * real));
        }
    }

    private static double attainable(double speed, AxisMechanics axis) {
        return axis.speedStep() > 0 ? Math.rint(speed / axis.speedStep()) * axis.speedStep() : speed;
    }

    @Test
    void run_swingingHead_findsHowLongItSwings() {
        Calibration found =
                new CalibrationRun(Personalities.INERTIA, FIRST_SEED).run().orElseThrow();

        assertThat(found.settleSeconds()).isCloseTo(1 / (2 * Math.PI * 0.9 * 0.25), within(0.1));
    }

    @Test
    void run_rigidHead_findsNoSwing() {
        Calibration found =
                new CalibrationRun(Personalities.TYPICAL, FIRST_SEED).run().orElseThrow();

        assertThat(found.settleSeconds()).isZero();
        assertThat(found.panAcceleration()).isCloseTo(240, within(80.0));
    }

    @Test
    void step_noFrames_failsAndSendsNothing() {
        var calibration = new SelfCalibration(Personalities.TYPICAL.capabilities(), WIDTH, 1);

        assertThat(steps(calibration, Optional.empty())).isEmpty();
        assertThat(calibration.state()).isEqualTo(State.FAILED);
        assertThat(calibration.failure()).contains("no image motion");
    }

    @Test
    void step_cameraThatNeverMoves_failsAndHasStoppedEveryMove() {
        var calibration = new SelfCalibration(Personalities.TYPICAL.capabilities(), WIDTH, 1);

        List<PtzVelocity> sent = steps(calibration, Optional.of(new FlowVector(10, 10, 0, 0)));

        assertThat(calibration.state()).isEqualTo(State.FAILED);
        assertThat(sent).isNotEmpty();
        assertThat(sent.getLast()).isEqualTo(PtzVelocity.ZERO);
        assertThat(calibration.failure()).contains("did not move");
    }

    @Test
    void step_framesEndInAMove_stopsTheCamera() {
        var calibration = new SelfCalibration(Personalities.TYPICAL.capabilities(), WIDTH, 1);
        var sent = new ArrayList<PtzVelocity>();
        long nanos = 1;
        for (int i = 0; i < 1000; i++) {
            if (sent.isEmpty()) {
                calibration.observe(new ImageMotion(nanos, nanos + 40_000_000, List.of(new FlowVector(0, 0, 0, 0))));
            }
            nanos += 40_000_000;
            calibration.step(nanos).ifPresent(sent::add);
        }

        assertThat(sent.getFirst().isZero()).isFalse();
        assertThat(sent.getLast()).isEqualTo(PtzVelocity.ZERO);
    }

    private static List<PtzVelocity> steps(SelfCalibration calibration, Optional<FlowVector> vector) {
        var sent = new ArrayList<PtzVelocity>();
        long nanos = 1;
        for (int i = 0; i < 20_000; i++) {
            long from = nanos;
            long to = nanos + 40_000_000;
            vector.ifPresent(seen -> calibration.observe(new ImageMotion(from, to, List.of(seen))));
            nanos = to;
            calibration.step(nanos).ifPresent(sent::add);
        }
        return sent;
    }
}
