package dev.aerie.slam.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import org.junit.jupiter.api.Test;

final class TransformsTest {

    private static final RigidTransform CAMERA_FROM_WORLD =
            new RigidTransform(Rotation.exp(new Vector3(0.2, -0.4, 0.1)), new Vector3(1, -2, 3));
    private static final Vector3 POINT = new Vector3(4, 5, -6);

    @Test
    void inverse_ofRigid_takesPointsBack() {
        var there = CAMERA_FROM_WORLD.apply(POINT);

        assertThat(CAMERA_FROM_WORLD.inverse().apply(there).distanceTo(POINT)).isLessThan(1e-12);
    }

    @Test
    void originOfTarget_ofCameraFromWorld_isWhereTheCameraIs() {
        assertThat(CAMERA_FROM_WORLD.apply(CAMERA_FROM_WORLD.originOfTarget()).length())
                .isLessThan(1e-12);
    }

    @Test
    void times_ofSimilarities_appliesTheRightOneFirst() {
        var one = new Sim3(Rotation.exp(new Vector3(0, 1, 0)), new Vector3(1, 2, 3), 2);
        var other = new Sim3(Rotation.exp(new Vector3(1, 0, 0)), new Vector3(-3, 0, 1), 0.25);

        assertThat(one.times(other).apply(POINT).distanceTo(one.apply(other.apply(POINT))))
                .isLessThan(1e-12);
        assertThat(one.times(one.inverse()).apply(POINT).distanceTo(POINT)).isLessThan(1e-12);
    }

    @Test
    void toRigid_ofScaledCamera_keepsItsPlaceAndAxes() {
        var scaled = Sim3.of(CAMERA_FROM_WORLD).times(new Sim3(Rotation.IDENTITY, Vector3.ZERO, 0.5));

        var position = scaled.toRigid().originOfTarget();

        assertThat(position.distanceTo(CAMERA_FROM_WORLD.originOfTarget().times(2)))
                .isLessThan(1e-12);
    }

    @Test
    void sim3_withoutScale_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sim3(Rotation.IDENTITY, Vector3.ZERO, 0));
    }

    @Test
    void project_whatRayOfAPixelShows_isThatPixel() {
        var camera = PinholeCamera.ofFieldOfView(640, 480, 70);

        var pixel = camera.project(camera.rayOf(12.5, 400).times(7)).orElseThrow();

        assertThat(pixel.x()).isCloseTo(12.5, within(1e-9));
        assertThat(pixel.y()).isCloseTo(400, within(1e-9));
        assertThat(camera.project(new Vector3(0, 0, -1))).isEmpty();
    }
}
