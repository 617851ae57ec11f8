package dev.aerie.slam.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import org.junit.jupiter.api.Test;

final class TriangulationTest {

    private static final RigidTransform FIRST = RigidTransform.IDENTITY;
    private static final RigidTransform SECOND =
            new RigidTransform(Rotation.exp(new Vector3(0, -0.1, 0)), new Vector3(-1, 0.1, 0.2));

    @Test
    void meet_ofRaysToOnePoint_isThatPoint() {
        var point = new Vector3(0.5, -0.3, 8);

        var met = Triangulation.triangulate(ray(FIRST, point), FIRST, ray(SECOND, point), SECOND);

        assertThat(met.orElseThrow().distanceTo(point)).isLessThan(1e-8);
    }

    @Test
    void meet_ofParallelRays_isNowhere() {
        var ray = new Vector3(0.1, 0.2, 1);
        var aside = new RigidTransform(Rotation.IDENTITY, new Vector3(-1, 0, 0));

        assertThat(Triangulation.triangulate(ray, FIRST, ray, aside)).isEmpty();
    }

    @Test
    void meet_behindTheCameras_isNowhere() {
        var aside = new RigidTransform(Rotation.IDENTITY, new Vector3(-1, 0, 0));

        assertThat(Triangulation.triangulate(new Vector3(-0.1, 0, 1), FIRST, new Vector3(0.1, 0, 1), aside))
                .isEmpty();
    }

    @Test
    void parallaxCosine_ofARightAngle_isZero() {
        double cosine = Triangulation.parallaxCosine(Vector3.ZERO, new Vector3(1, 0, 0), new Vector3(0, 2, 0));

        assertThat(cosine).isCloseTo(0, within(1e-12));
    }

    private static Vector3 ray(RigidTransform cameraFromWorld, Vector3 point) {
        var inCamera = cameraFromWorld.apply(point);
        return inCamera.times(1 / inCamera.z());
    }
}
