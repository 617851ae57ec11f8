package dev.aerie.ptz.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.simulated.Personalities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FollowControllerTest {

    private static final long START = 1_700_000_000_000_000_000L;
    private static final long LOOP = 50_000_000;
    private static final double SECOND = 1e9;
    private static final Lens LENS = Personalities.TYPICAL.lens();

    private final FollowController controller = new FollowController(
            LENS,
            Personalities.TYPICAL.capabilities(),
            CameraDynamics.of(
                    Personalities.TYPICAL.capabilities(),
                    CameraDynamics.DEFAULT_DEAD_TIME_SECONDS,
                    CameraDynamics.DEFAULT_COMMANDS_PER_SECOND),
            FollowConfig.DEFAULT,
            new FollowEvents("test"));

    private long now = START;
    private final List<PtzVelocity> sent = new ArrayList<>();

    @Test
    void step_noTarget_sendsNothing() {
        run(2, Optional.empty());

        assertThat(controller.state()).isEqualTo(FollowState.IDLE);
        assertThat(sent).isEmpty();
    }

    @Test
    void step_targetInTheMiddle_sendsNothing() {
        run(3, Optional.of(at(0, 0)));

        assertThat(controller.state()).isEqualTo(FollowState.HOLDING);
        assertThat(sent).isEmpty();
    }

    @Test
    void step_targetAtTheRight_turnsRightAtOnce() {
        run(0.3, Optional.of(at(0.8, 0)));

        assertThat(controller.state()).isEqualTo(FollowState.ACQUIRING);
        assertThat(sent.getFirst().panDegreesPerSecond()).isPositive();
        assertThat(sent.getFirst().tiltDegreesPerSecond()).isZero();
    }

    @Test
    void step_targetBelow_turnsDown() {
        run(0.3, Optional.of(at(0, -0.8)));

        assertThat(sent.getFirst().tiltDegreesPerSecond()).isNegative();
    }

    @Test
    void step_targetSeenForAMomentOnly_isNotForetoldForLong() {
        run(0.2, Optional.of(at(0.6, -0.6)));
        run(0.8, Optional.empty());

        assertThat(controller.state()).isEqualTo(FollowState.SEARCHING);
    }

    @Test
    void step_manyChanges_keepsTheCommandRate() {
        for (int i = 0; i < 200; i++) {
            run(0.05, Optional.of(at(i % 2 == 0 ? 0.9 : -0.9, 0)));
        }

        assertThat(sent.size()).isLessThanOrEqualTo(101);
    }

    @Test
    void step_targetGone_predictsThenSearchesThenStands() {
        run(2, Optional.of(at(0.6, 0)));
        run(1.0, Optional.empty());
        assertThat(controller.state()).isEqualTo(FollowState.PREDICTING);
        run(2.0, Optional.empty());
        assertThat(controller.state()).isEqualTo(FollowState.SEARCHING);
        run(8.0, Optional.empty());

        assertThat(controller.state()).isEqualTo(FollowState.LOST);
        assertThat(sent.getLast()).isEqualTo(PtzVelocity.ZERO);
        int until = sent.size();
        run(5.0, Optional.empty());
        assertThat(sent).hasSize(until);
    }

    @Test
    void observe_afterLost_acquiresAgain() {
        run(0.6, Optional.of(at(0.6, 0)));
        run(12, Optional.empty());

        run(0.2, Optional.of(at(-0.5, 0)));

        assertThat(controller.state()).isIn(FollowState.ACQUIRING, FollowState.HOLDING);
    }

    @Test
    void release_inMotion_stops() {
        run(0.6, Optional.of(at(0.8, 0)));
        assertThat(sent.getLast().isZero()).isFalse();

        controller.release();
        run(1, Optional.empty());

        assertThat(controller.state()).isEqualTo(FollowState.IDLE);
        assertThat(sent.getLast()).isEqualTo(PtzVelocity.ZERO);
    }

    @Test
    void observe_oneFarAway_isNotBelieved() {
        run(2, Optional.of(at(0, 0)));

        assertThat(controller.observe(new TargetObservation(now, -0.9, 0.5, 0.1, 0.3)))
                .isFalse();
        run(0.5, Optional.of(at(0, 0)));
        assertThat(sent).isEmpty();
    }

    @Test
    void observe_manyFarAway_replaceTheTarget() {
        run(2, Optional.of(at(0, 0)));

        run(1, Optional.of(at(-0.7, 0)));

        assertThat(sent.getLast().panDegreesPerSecond()).isNegative();
    }

    @Test
    void step_smallTargetWithZoom_zoomsInAndBigOneOut() {
        controller.frame(Framing.filling(0.4));
        run(1.5, Optional.of(new TargetObservation(0, 0, 0, 0.05, 0.1)));
        assertThat(sent.getLast().zoomRatePerSecond()).isBetween(0.05, 0.25);

        controller.release();
        run(0.5, Optional.empty());
        run(1.5, Optional.of(new TargetObservation(0, 0, 0, 0.4, 0.9)));
        assertThat(sent.getLast().zoomRatePerSecond()).isBetween(-0.6, -0.3);
    }

    @Test
    void step_sizeWithinTheHysteresis_leavesTheZoom() {
        controller.frame(Framing.filling(0.4));

        run(3, Optional.of(new TargetObservation(0, 0, 0, 0.1, 0.42)));

        assertThat(sent).isEmpty();
    }

    @Test
    void frame_placeAside_bringsTheTargetThere() {
        controller.frame(new Framing(new dev.aerie.ptz.camera.ImagePoint(-0.4, 0), 0.3, false));

        run(0.5, Optional.of(at(0, 0)));

        assertThat(sent.getFirst().panDegreesPerSecond()).isPositive();
    }

    @Test
    void report_first_turnsTheFrameOfReference() {
        run(0.5, Optional.of(at(0, 0)));

        controller.report(now, new PtzPosition(100, -20, 1));

        assertThat(controller.camera(now).panDegrees()).isCloseTo(100, within(1e-6));
        assertThat(controller.estimate(now).orElseThrow().direction().panDegrees())
                .isCloseTo(100, within(0.5));
        assertThat(controller.placeAt(now).orElseThrow().x()).isCloseTo(0, within(0.05));
    }

    @Test
    void turned_imageShowsLessThanTheModel_correctsTheModel() {
        controller.step(now);
        controller.commanded(now, new PtzVelocity(20, 0, 0), java.time.Duration.ofSeconds(5));
        for (int i = 0; i < 100; i++) {
            long from = now;
            now += LOOP / 2;
            double seconds = (now - START) / SECOND - 0.2;
            double turned = seconds > 0 ? 15 * LOOP / 2 / SECOND : 0;
            controller.step(now);
            controller.turned(new ImageTurn(from, now, turned, 0));
            controller.commanded(now, new PtzVelocity(20, 0, 0), java.time.Duration.ofSeconds(5));
        }

        assertThat(controller.camera(now).panDegrees()).isCloseTo(15 * 2.3, within(6.0));
    }

    private static TargetObservation at(double x, double y) {
        return new TargetObservation(0, x, y, 0.1, 0.3);
    }

    /// The observation is the same in each frame, whatever is commanded.
    private void run(double seconds, Optional<TargetObservation> seen) {
        long end = now + Math.round(seconds * SECOND);
        while (now < end) {
            now += LOOP;
            seen.ifPresent(target -> controller.observe(
                    new TargetObservation(now - LOOP, target.x(), target.y(), target.width(), target.height())));
            controller.step(now).ifPresent(sent::add);
        }
    }
}
