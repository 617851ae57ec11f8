package dev.aerie.ptz.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SiteCameraTest {

    private static final Lens LENS = Lens.rectilinear(60, 16.0 / 9);
    private static final Reach REACH =
            new Reach(new PtzRange(-170, 170), new PtzRange(-90, 20), new PtzRange(1, 20), 2, 60);

    @Test
    void directionTo_cameraLooksEast_panCountsFromThereToTheSouth() {
        var camera = new SiteCamera("gate", MountingPose.upright(10, 0, 5, 90), LENS, REACH);

        var ahead = camera.directionTo(new EastNorthUp(15, 0, 0));
        var south = camera.directionTo(new EastNorthUp(10, -5, 5));

        assertThat(ahead.panDegrees()).isCloseTo(0, within(1e-9));
        assertThat(ahead.tiltDegrees()).isCloseTo(-45, within(1e-9));
        assertThat(south.panDegrees()).isCloseTo(90, within(1e-9));
        assertThat(south.tiltDegrees()).isCloseTo(0, within(1e-9));
    }

    @Test
    void directionTo_mountingRolledClockwise_horizonRisesToTheRight() {
        var level = new MountingPose(0, 0, 0, 0, 0, 10);

        // Seen by a camera that is rolled to the right, a level point on its right stands higher.
        assertThat(level.directionTo(new EastNorthUp(10, 10, 0)).tiltDegrees()).isPositive();
        assertThat(level.directionTo(new EastNorthUp(-10, 10, 0)).tiltDegrees()).isNegative();
    }

    @Test
    void groundAt_anyMountingAndPosition_isTheInverseOfImageOf() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            var mounting = new MountingPose(
                    random.nextDouble(-50, 50),
                    random.nextDouble(-50, 50),
                    random.nextDouble(3, 12),
                    random.nextDouble(-180, 180),
                    random.nextDouble(-10, 10),
                    random.nextDouble(-5, 5));
            var camera = new SiteCamera("any", mounting, LENS, REACH);
            var position = new PtzPosition(random.nextDouble(-90, 90), random.nextDouble(-70, -30), 3);
            var point = new ImagePoint(random.nextDouble(-1, 1), random.nextDouble(-1, 1));

            var ground = camera.groundAt(point, position, 0.5).orElseThrow();
            var again = camera.imageOf(ground, position).orElseThrow();

            assertThat(ground.upMetres()).isEqualTo(0.5);
            assertThat(again.x()).isCloseTo(point.x(), within(1e-6));
            assertThat(again.y()).isCloseTo(point.y(), within(1e-6));
        }
    }

    @Test
    void groundAt_pointAboveTheHorizon_isNowhere() {
        var camera = new SiteCamera("gate", MountingPose.upright(0, 0, 5, 0), LENS, REACH);

        assertThat(camera.groundAt(new ImagePoint(0, 0.2), PtzPosition.HOME, 0)).isEmpty();
        assertThat(camera.groundAt(new ImagePoint(0, -0.2), PtzPosition.HOME, 0))
                .isPresent();
    }

    @Test
    void positionFor_someoneOnTheGround_framesThemAsAsked() {
        var camera = new SiteCamera("gate", MountingPose.upright(0, 0, 5, 0), LENS, REACH);
        var foot = new EastNorthUp(10, 20, 0);

        var position = camera.positionFor(foot, 1.8, 0.5, PtzPosition.HOME);

        var low = camera.imageOf(foot, position).orElseThrow();
        var high = camera.imageOf(foot.at(1.8), position).orElseThrow();
        assertThat((high.y() - low.y()) / 2).isCloseTo(0.5, within(0.01));
        assertThat((high.y() + low.y()) / 2).isCloseTo(0, within(0.02));
        assertThat(low.x()).isCloseTo(0, within(0.01));
    }

    @Test
    void positionFor_rangeOfMoreThanATurn_takesTheShorterWay() {
        var reach = new Reach(new PtzRange(0, 540), new PtzRange(-90, 20), new PtzRange(1, 20), 2, 60);
        var camera = new SiteCamera("gate", MountingPose.upright(0, 0, 5, 0), LENS, reach);

        var position = camera.positionFor(new EastNorthUp(10, 20, 0), 1.8, 0.5, new PtzPosition(400, -10, 1));

        assertThat(position.panDegrees()).isCloseTo(360 + Math.toDegrees(Math.atan2(10, 20)), within(0.01));
    }

    @Test
    void reaches_rangesAndDistances_bothCount() {
        var camera = new SiteCamera("gate", MountingPose.upright(0, 0, 5, 0), LENS, REACH);

        assertThat(camera.reaches(new EastNorthUp(0, 30, 0))).isTrue();
        assertThat(camera.reaches(new EastNorthUp(0, 61, 0))).isFalse();
        assertThat(camera.reaches(new EastNorthUp(0, 1, 0))).isFalse();
        assertThat(camera.reaches(new EastNorthUp(0.5, -30, 0))).isFalse();
    }
}
