package dev.aerie.ptz.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.site.EastNorthUp;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.SiteCamera;
import org.junit.jupiter.api.Test;

/// One camera looks east, another north; both stand 20 m from the origin on masts of 6 m.
final class GroundMotionTest {

    private static final EastNorthUp ORIGIN = new EastNorthUp(0, 0, 0);
    private static final long SECOND = 1_000_000_000L;
    private static final double FOOT_ERROR_DEGREES = 0.2;

    private final GroundSensor west = sensor(-20, 0);
    private final GroundSensor south = sensor(0, -20);

    private static GroundSensor sensor(double east, double north) {
        var reach = new Reach(new PtzRange(-170, 170), new PtzRange(-90, 20), new PtzRange(1, 20), 3, 30);
        var camera =
                new SiteCamera("one", MountingPose.upright(east, north, 6, 0), Lens.rectilinear(60, 16.0 / 9), reach);
        return new GroundSensor(camera, 0, FOOT_ERROR_DEGREES);
    }

    private static GroundSensor.Fix fix(GroundSensor sensor, EastNorthUp place) {
        var pointed = sensor.camera().positionFor(place, 1.75, 0.3, PtzPosition.HOME);
        var foot = sensor.camera().imageOf(place, pointed).orElseThrow();
        return sensor.fix(foot, pointed).orElseThrow();
    }

    @Test
    void fix_flatRay_errsAlongItMoreThanAcross() {
        var fix = fix(west, ORIGIN);

        assertThat(fix.position().distanceTo(ORIGIN)).isLessThan(1e-6);
        double along = Math.toRadians(FOOT_ERROR_DEGREES) * (20 * 20 + 6 * 6) / 6;
        assertThat(Math.sqrt(fix.spread().ee())).isCloseTo(along, within(1e-6));
        assertThat(Math.sqrt(fix.spread().nn())).isEqualTo(0.1);
        assertThat(fix.spread().squaredSizeOf(new EastNorthUp(along, 0, 0))).isCloseTo(1, within(1e-6));
        assertThat(fix.spread().squaredSizeOf(new EastNorthUp(0, along, 0))).isGreaterThan(6);
    }

    @Test
    void measured_seenFromTwoSides_isKnownInBothDirections() {
        var motion = new GroundMotion(fix(west, ORIGIN), 0.5, 0);
        motion.measured(fix(south, ORIGIN), 0);

        var state = motion.at(0);
        assertThat(Math.sqrt(state.positionSpread().ee())).isLessThan(0.1);
        assertThat(Math.sqrt(state.positionSpread().nn())).isLessThan(0.1);
    }

    @Test
    void at_afterThreeSecondsOfWalking_goesOnAsItWalked() {
        var motion = new GroundMotion(fix(west, walked(0)), 0.5, 0);
        for (int i = 1; i <= 30; i++) {
            motion.measured(fix(i % 2 == 0 ? west : south, walked(i / 10.0)), i * SECOND / 10);
        }

        var state = motion.at(5 * SECOND);
        assertThat(state.position().distanceTo(walked(5))).isLessThan(0.1);
        assertThat(state.velocity().distanceTo(new EastNorthUp(1.2, 0.5, 0))).isLessThan(0.05);
        assertThat(state.positionSpread().ee())
                .isGreaterThan(motion.at(3 * SECOND).positionSpread().ee());
    }

    private static EastNorthUp walked(double seconds) {
        return new EastNorthUp(1.2 * seconds, 0.5 * seconds, 0);
    }
}
