package dev.aerie.slam.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class UmeyamaAlignmentTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void similarity_ofExactPairs_isTheTruth() {
        var truth = new Sim3(Rotation.exp(new Vector3(2.2, -1, 0.4)), new Vector3(10, -3, 0.5), 3.7);
        var from = points(4);

        var found = UmeyamaAlignment.align(from, from.stream().map(truth::apply).toList(), true);

        assertThat(found.scale()).isCloseTo(3.7, within(1e-9));
        assertThat(found.rotation().angleTo(truth.rotation())).isLessThan(1e-9);
        assertThat(found.translation().distanceTo(truth.translation())).isLessThan(1e-8);
    }

    @Test
    void similarity_ofPointsInAPlane_isTheTruth() {
        var truth = new Sim3(Rotation.exp(new Vector3(0, 0, 3)), new Vector3(1, 1, 1), 0.2);
        var from = points(10).stream().map(p -> new Vector3(p.x(), p.y(), 0)).toList();

        var found = UmeyamaAlignment.align(from, from.stream().map(truth::apply).toList(), true);

        assertThat(found.rotation().angleTo(truth.rotation())).isLessThan(1e-9);
    }

    @Test
    void rigid_ofNoisyPairs_isNearTheTruth() {
        var truth = new RigidTransform(Rotation.exp(new Vector3(0.1, 0.2, 0.3)), new Vector3(1, 2, 3));
        var from = points(500);
        var to = from.stream().map(p -> truth.apply(p).plus(noise(0.01))).toList();

        var found = UmeyamaAlignment.align(from, to, false);

        assertThat(found.rotation().angleTo(truth.rotation())).isLessThan(0.002);
        assertThat(found.translation().distanceTo(truth.translation())).isLessThan(0.002);
    }

    private List<Vector3> points(int count) {
        var points = new ArrayList<Vector3>();
        for (int i = 0; i < count; i++) {
            points.add(noise(1));
        }
        return points;
    }

    private Vector3 noise(double size) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(size);
    }
}
