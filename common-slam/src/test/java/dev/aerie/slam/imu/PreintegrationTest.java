package dev.aerie.slam.imu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A second of a body that turns and speeds up all the while, 200 readings.
final class PreintegrationTest {

    private static final int READINGS = 200;
    private static final double STEP_SECONDS = 0.005;
    private static final InertialNoise NOISE = new InertialNoise(2e-3, 3e-2, 1e-4, 1e-3, 0.01, 0.1);

    /// The velocity, position and turn that a wrong bias of the gyroscope gives, against integrating anew.
    @Test
    void of_otherGyroBias_changesAsItsDerivativesSay() {
        var readings = readings(new SplittableRandom(1), 0);
        var before = Preintegration.of(readings, Vector3.ZERO, NOISE);
        var bias = new Vector3(2e-4, -3e-4, 1e-4);
        var after = Preintegration.of(readings, bias, NOISE);

        assertClose(
                after.velocity().minus(before.velocity()),
                before.velocityPerGyroBias().apply(bias),
                1e-5);
        assertClose(
                after.position().minus(before.position()),
                before.positionPerGyroBias().apply(bias),
                5e-6);
        var turned = before.rotation().inverse().times(after.rotation()).log();
        assertClose(turned, before.rotationPerGyroBias().apply(bias), 1e-6);
    }

    private static void assertClose(Vector3 actual, Vector3 expected, double tolerance) {
        assertThat(expected.length()).as("worth a look").isGreaterThan(20 * tolerance);
        assertThat(actual.distanceTo(expected)).isLessThan(tolerance);
    }

    /// How far noise of a known density carries 600 runs from the one without, against the covariance.
    @Test
    void covariance_ofKnownNoise_isThatOfManyRuns() {
        var random = new SplittableRandom(5);
        var truth = Preintegration.of(readings(random, 0), Vector3.ZERO, NOISE);
        int runs = 600;
        double[][] sums = new double[9][9];
        for (int run = 0; run < runs; run++) {
            double[] off = errors(truth, Preintegration.of(readings(random, 1), Vector3.ZERO, NOISE));
            for (int i = 0; i < 9; i++) {
                for (int j = 0; j < 9; j++) {
                    sums[i][j] += off[i] * off[j] / runs;
                }
            }
        }
        for (int i = 0; i < 9; i++) {
            double sigma = Math.sqrt(truth.covariance().at(i, i));
            assertThat(Math.sqrt(sums[i][i])).as("sigma of %d", i).isCloseTo(sigma, within(0.12 * sigma));
            for (int j = 0; j < i; j++) {
                double scale = sigma * Math.sqrt(truth.covariance().at(j, j));
                assertThat(sums[i][j] / scale)
                        .as("correlation of %d and %d", i, j)
                        .isCloseTo(truth.covariance().at(i, j) / scale, within(0.15));
            }
        }
    }

    private static double[] errors(Preintegration truth, Preintegration noisy) {
        var turn = truth.rotation().inverse().times(noisy.rotation()).log();
        var velocity = noisy.velocity().minus(truth.velocity());
        var position = noisy.position().minus(truth.position());
        return new double[] {
            turn.x(), turn.y(), turn.z(),
            velocity.x(), velocity.y(), velocity.z(),
            position.x(), position.y(), position.z()
        };
    }

    /// - `noise`: in the densities of [#NOISE]
    private static List<ImuReading> readings(SplittableRandom random, double noise) {
        double perReading = noise / Math.sqrt(STEP_SECONDS);
        var readings = new ArrayList<ImuReading>();
        for (int i = 0; i <= READINGS; i++) {
            double t = i * STEP_SECONDS;
            var turning = new Vector3(0.4 * Math.sin(3 * t), 0.5, 1.2 * Math.cos(2 * t));
            var gravity = Rotation.exp(turning.times(t)).applyInverse(new Vector3(0, 0, 9.8));
            var force = gravity.plus(new Vector3(2 * Math.cos(4 * t), 1, -3 * Math.sin(t)));
            readings.add(new ImuReading(
                    Math.round(t * 1e9),
                    turning.plus(gaussian(random, NOISE.gyroDensity() * perReading)),
                    force.plus(gaussian(random, NOISE.forceDensity() * perReading))));
        }
        return readings;
    }

    private static Vector3 gaussian(SplittableRandom random, double sigma) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(sigma);
    }
}
