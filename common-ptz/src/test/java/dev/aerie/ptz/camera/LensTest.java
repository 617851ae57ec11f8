package dev.aerie.ptz.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.ptz.camera.Lens.FieldOfView;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LensTest {

    private static final Lens LENS = Lens.rectilinear(60, 16 / 9.0);

    @Test
    void hfovDegrees_zoomDoubled_halvesTheTangent() {
        assertThat(LENS.hfovDegrees(1)).isCloseTo(60, within(1e-9));
        assertThat(LENS.hfovDegrees(2))
                .isCloseTo(2 * Math.toDegrees(Math.atan(Math.tan(Math.PI / 6) / 2)), within(1e-9));
        assertThat(LENS.vfovDegrees(1)).isCloseTo(35.98, within(0.01));
    }

    @Test
    void hfovDegrees_table_goesThroughEveryEntry() {
        var lens =
                new Lens(List.of(new FieldOfView(25, 2.7), new FieldOfView(1, 57.6), new FieldOfView(5, 14)), 16 / 9.0);

        assertThat(lens.hfovDegrees(1)).isCloseTo(57.6, within(1e-9));
        assertThat(lens.hfovDegrees(5)).isCloseTo(14, within(1e-9));
        assertThat(lens.hfovDegrees(25)).isCloseTo(2.7, within(1e-9));
        assertThat(lens.hfovDegrees(3)).isBetween(14.0, 57.6);
    }

    @Test
    void zoomOf_tangentOfAZoom_isThatZoom() {
        assertThat(LENS.zoomOf(LENS.halfWidthTangent(3.7))).isCloseTo(3.7, within(1e-6));
        assertThat(LENS.zoomOf(2)).isEqualTo(1);
    }

    @Test
    void directionOf_rightEdge_isHalfTheField() {
        var right = LENS.directionOf(new ImagePoint(1, 0), PtzPosition.HOME);

        assertThat(right.panDegrees()).isCloseTo(30, within(1e-9));
        assertThat(right.tiltDegrees()).isZero();
    }

    /// A linear lens would say 15 degrees.
    @Test
    void directionOf_halfWayToTheEdge_isMoreThanHalfTheAngle() {
        assertThat(LENS.directionOf(new ImagePoint(0.5, 0), PtzPosition.HOME).panDegrees())
                .isCloseTo(16.1, within(0.01));
    }

    @Test
    void pointOf_directionOfAPoint_isThatPoint() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            var point = new ImagePoint(random.nextDouble(-1.5, 1.5), random.nextDouble(-1.5, 1.5));
            var camera =
                    new PtzPosition(random.nextDouble(-300, 300), random.nextDouble(-60, 60), random.nextDouble(1, 20));

            var back = LENS.pointOf(LENS.directionOf(point, camera), camera).orElseThrow();

            assertThat(back.x()).isCloseTo(point.x(), within(1e-9));
            assertThat(back.y()).isCloseTo(point.y(), within(1e-9));
        }
    }

    @Test
    void pointOf_behindTheCamera_isEmpty() {
        assertThat(LENS.pointOf(new Direction(180, 0), PtzPosition.HOME)).isEmpty();
    }

    @Test
    void angleTo_highUp_panCountsLess() {
        assertThat(new Direction(0, 60).angleTo(new Direction(10, 60))).isCloseTo(4.996, within(0.001));
        assertThat(new Direction(350, 0).angleTo(new Direction(10, 0))).isCloseTo(20, within(1e-9));
    }

    @Test
    void lens_nonsense_isRefused() {
        assertThatThrownBy(() -> Lens.rectilinear(180, 1)).hasMessageContaining("hfovDegrees");
        assertThatThrownBy(() -> Lens.rectilinear(60, 0)).hasMessageContaining("aspect");
        assertThatThrownBy(() -> new Lens(List.of(), 1)).hasMessageContaining("at least one");
    }
}
