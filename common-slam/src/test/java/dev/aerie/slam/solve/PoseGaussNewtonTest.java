package dev.aerie.slam.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PoseGaussNewtonTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final RigidTransform TRUTH =
            new RigidTransform(Rotation.exp(new Vector3(0.3, -0.2, 0.1)), new Vector3(0.5, -0.4, 1));

    private final SplittableRandom random = new SplittableRandom(11);
    private final PoseGaussNewton newton = new PoseGaussNewton(CAMERA);
    private final List<Vector3> points = new ArrayList<>();

    @Test
    void solve_ofExactMatches_isTheTruth() {
        see(100, 0, 0);

        assertThat(newton.solve(guess())).isEqualTo(100);
        assertThat(newton.pose().rotation().angleTo(TRUTH.rotation())).isLessThan(1e-6);
        assertThat(newton.pose().translation().distanceTo(TRUTH.translation())).isLessThan(1e-6);
    }

    @Test
    void solve_withAThirdWrong_findsTheTruthAndTheWrongOnes() {
        see(200, 100, 0.5);

        int inliers = newton.solve(guess());

        assertThat(inliers).isBetween(190, 205);
        for (int i = 200; i < 300; i++) {
            assertThat(newton.isInlier(i)).as("wrong sighting %d", i).isFalse();
        }
        assertThat(newton.pose().rotation().angleTo(TRUTH.rotation()))
                .as("radians")
                .isLessThan(0.002);
        assertThat(newton.pose().translation().distanceTo(TRUTH.translation()))
                .as("of depths 4 to 12")
                .isLessThan(0.02);
    }

    @Test
    void covariance_ofNoisyMatches_saysHowFarOffTheyLead() {
        see(300, 0, 1);
        newton.solve(guess());

        double[] covariance = newton.covariance();
        double off = newton.pose().translation().distanceTo(TRUTH.translation());
        double expected = Math.sqrt(covariance[0] + covariance[7] + covariance[14]);

        assertThat(covariance[1]).isCloseTo(covariance[6], within(1e-12));
        assertThat(off).isLessThan(4 * expected);
        assertThat(expected).isBetween(0.001, 0.1);
    }

    @Test
    void solve_ofTooFewMatches_fails() {
        see(5, 0, 0);

        assertThat(newton.solve(guess())).isZero();
    }

    @Test
    void solve_ofPointsBehindTheCamera_fails() {
        for (int i = 0; i < 20; i++) {
            newton.add(TRUTH.inverse().apply(new Vector3(i, 0, -5)), new Keypoint(10 * i, 20, 0, 0));
        }

        assertThat(newton.solve(TRUTH)).isZero();
    }

    private static RigidTransform guess() {
        return new RigidTransform(Rotation.exp(new Vector3(0.03, -0.04, 0.02)), new Vector3(0.1, 0.1, -0.1))
                .times(TRUTH);
    }

    private void see(int right, int wrong, double noisePixels) {
        for (int i = 0; i < right + wrong; i++) {
            var inCamera =
                    CAMERA.rayOf(random.nextDouble(640), random.nextDouble(480)).times(random.nextDouble(4, 12));
            points.add(TRUTH.inverse().apply(inCamera));
            double x = CAMERA.projectX(inCamera) + noisePixels * random.nextGaussian();
            double y = CAMERA.projectY(inCamera) + noisePixels * random.nextGaussian();
            double off = i < right ? 0 : random.nextDouble(20, 200);
            newton.add(points.getLast(), new Keypoint(x + off, y - off, 0, 0));
        }
    }
}
