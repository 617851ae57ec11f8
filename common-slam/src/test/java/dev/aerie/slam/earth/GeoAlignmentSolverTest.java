package dev.aerie.slam.earth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.truth.ImuNoise;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.Flown;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Simulated flights with a receiver that is off by a metre each way, each time anew.
final class GeoAlignmentSolverTest {

    private static final TangentPlane TOWN = new TangentPlane(new GeoPoint(47.3977, 8.5456, 488));
    private static final double GNSS_SIGMA_METRES = 1;

    private final GeoAlignmentSolver solver = new GeoAlignmentSolver();
    private final SplittableRandom random = new SplittableRandom(3);

    private Optional<GeoAlignment> fly(Scenario scenario, double seconds, Optional<Sim3> upright) {
        var flown = new Flown(scenario, ImuNoise.NONE, 0.01, 5);
        Optional<GeoAlignment> found = Optional.empty();
        for (int frame = 0; frame < 10 * seconds; frame++) {
            if (frame % 2 == 1) {
                solver.addFix(fix(flown, (frame - 0.5) / 10));
            }
            found = solver.addPose(flown.pose(frame / 10.0), upright);
        }
        return found;
    }

    private GnssFix fix(Flown flown, double seconds) {
        var position = flown.truth(seconds).translation();
        var noise = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return new GnssFix(
                Flown.nanos(seconds),
                TOWN.toEarth(position.plus(noise.times(GNSS_SIGMA_METRES))),
                OptionalDouble.of(position.z()));
    }

    @Test
    void saw_flightRoundCorners_liesTheMapOnTheEarth() {
        var earth = fly(Scenario.TURNS, 60, Optional.empty()).orElseThrow();
        var flown = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 5);

        for (double seconds = 0; seconds < 60; seconds += 5) {
            var position = earth.localFromMap()
                    .apply(flown.pose(seconds).worldFromCamera().translation());
            var found = TOWN.toLocal(earth.plane().toEarth(position));
            assertThat(found.distanceTo(flown.truth(seconds).translation()))
                    .as("metres off, with a receiver that is off by 1.7")
                    .isLessThan(0.8);
        }
        assertThat(earth.localFromMap().scale()).isCloseTo(2.7, within(0.027));
        assertThat(earth.positionSigmaMetres()).isBetween(0.1, 0.5);
    }

    @Test
    void saw_wayAlongOneLine_claimsNothingUntilUpIsKnown() {
        assertThat(fly(Scenario.STRAIGHT, 30, Optional.empty())).isEmpty();

        var upright = new Sim3(Rotation.exp(new Vector3(0.7, -2, 1.1)).inverse(), Vector3.ZERO, 2.7);
        var earth = fly(Scenario.STRAIGHT, 30, Optional.of(upright)).orElseThrow();
        var up = earth.localFromMap()
                .rotation()
                .times(upright.rotation().inverse())
                .apply(new Vector3(0, 0, 1));

        assertThat(Math.toDegrees(Math.acos(Math.min(1, up.z()))))
                .as("degrees off the vertical")
                .isLessThan(1);
    }

    @Test
    void saw_anotherSubmapOfTheMap_beginsAnew() {
        fly(Scenario.TURNS, 40, Optional.empty());
        var pose = new Flown(Scenario.TURNS, ImuNoise.NONE, 0, 5).pose(40);
        var other = new FramePose(400, pose.captureTimeNanos(), 1, pose.worldFromCamera());

        assertThat(solver.addPose(other, Optional.empty())).isEmpty();
    }

    @Test
    void plane_placesAwayAndBack_areTheSame() {
        var position = new Vector3(1200, -3400, 56);

        assertThat(TOWN.toLocal(TOWN.toEarth(position)).distanceTo(position)).isLessThan(1e-6);
        assertThat(TOWN.toEarth(new Vector3(0, 1000, 0)).latitudeDegrees() - 47.3977)
                .as("degrees to a kilometre at this latitude")
                .isCloseTo(1 / 111.176, within(2e-5));
    }
}
