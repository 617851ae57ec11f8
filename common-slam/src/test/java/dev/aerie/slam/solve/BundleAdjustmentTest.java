package dev.aerie.slam.solve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Eight cameras on an arc look at a cloud of points; two of them hold still.
final class BundleAdjustmentTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final int CAMERAS = 8;
    private static final int POINTS = 200;
    private static final int WRONG_EVERY = 17;

    private final SplittableRandom random = new SplittableRandom(2);
    private final List<RigidTransform> poses = new ArrayList<>();
    private final List<Vector3> points = new ArrayList<>();
    private final List<Boolean> isWrong = new ArrayList<>();

    @Test
    void run_fromDisturbedStart_findsTheTruth() {
        var problem = problem(0, false);
        double error = new BundleAdjustment(problem).run(20, true);

        assertThat(error).as("root mean square, pixels").isLessThan(1e-3);
        assertThat(worstPosition(problem)).as("of a camera, in depths 5 to 9").isLessThan(1e-4);
        assertThat(worstPoint(problem)).as("of a point").isLessThan(1e-3);
    }

    @Test
    void run_withWrongMatches_marksThemAndFindsTheTruth() {
        var problem = problem(0.5, true);
        var adjustment = new BundleAdjustment(problem);

        adjustment.run(10, true);
        adjustment.markOutliers();
        adjustment.run(10, false);
        int outliers = adjustment.markOutliers();

        for (int i = 0; i < isWrong.size(); i++) {
            if (isWrong.get(i)) {
                assertThat(problem.isOutlier(i)).as("wrong sighting %d", i).isTrue();
            }
        }
        assertThat(outliers).as("marked").isLessThan(isWrong.size() / WRONG_EVERY + isWrong.size() / 50);
        assertThat(worstPosition(problem)).as("of a camera, in depths 5 to 9").isLessThan(0.02);
    }

    @Test
    void run_withAFixedCamera_leavesItWhereItIs() {
        var problem = problem(0.5, false);
        new BundleAdjustment(problem).run(10, true);

        assertThat(problem.pose(0).translation().distanceTo(poses.get(0).translation()))
                .isLessThan(1e-12);
        assertThat(problem.pose(1).rotation().angleTo(poses.get(1).rotation())).isLessThan(1e-12);
    }

    @Test
    void run_pressed_endsAfterTheIterationAtHand() {
        var problem = problem(0, false);
        var adjustment = new BundleAdjustment(problem);

        double before = worstPosition(problem);

        adjustment.run(20, true, () -> true);
        assertThat(worstPosition(problem)).as("pressed from the start").isEqualTo(before);

        var asked = new AtomicInteger();
        adjustment.run(20, true, () -> asked.incrementAndGet() > 1);
        assertThat(asked).hasValue(2);
        assertThat(worstPosition(problem)).as("after one iteration").isBetween(1e-4, before / 2);
    }

    @Test
    void run_ofPointsSeenOnce_doesNotFail() {
        var problem = new BundleProblem(CAMERA);
        problem.addCamera(RigidTransform.IDENTITY, false);
        problem.addPoint(new Vector3(0, 0, 5));
        problem.addObservation(0, new Keypoint(300, 200, 0, 0));

        double error = new BundleAdjustment(problem).run(5, true);

        assertThat(error).isFinite();
        assertThat(problem.pose(0).isFinite()).isTrue();
    }

    private BundleProblem problem(double noisePixels, boolean hasWrong) {
        var problem = new BundleProblem(CAMERA);
        for (int i = 0; i < CAMERAS; i++) {
            var truth = new RigidTransform(
                    Rotation.exp(new Vector3(0, 0.05 * i, 0.02 * i)), new Vector3(-0.4 * i, 0.1 * i, 0));
            poses.add(truth);
            var off = new RigidTransform(Rotation.exp(noise(0.01)), noise(0.05));
            problem.addCamera(i < 2 ? truth : off.times(truth), i < 2);
        }
        for (int i = 0; i < POINTS; i++) {
            var point = new Vector3(random.nextDouble(-1, 4), random.nextDouble(-2, 2), random.nextDouble(5, 9));
            points.add(point);
            problem.addPoint(point.plus(noise(0.1)));
            for (int camera = 0; camera < CAMERAS; camera++) {
                see(problem, point, camera, noisePixels, hasWrong);
            }
        }
        return problem;
    }

    private void see(BundleProblem problem, Vector3 point, int camera, double noisePixels, boolean hasWrong) {
        var inCamera = poses.get(camera).apply(point);
        boolean wrong = hasWrong && isWrong.size() % WRONG_EVERY == 0;
        isWrong.add(wrong);
        double x = CAMERA.projectX(inCamera) + noisePixels * random.nextGaussian() + (wrong ? 30 : 0);
        double y = CAMERA.projectY(inCamera) + noisePixels * random.nextGaussian();
        problem.addObservation(camera, new Keypoint(x, y, 0, 0));
    }

    private double worstPosition(BundleProblem problem) {
        double worst = 0;
        for (int i = 0; i < CAMERAS; i++) {
            worst = Math.max(
                    worst,
                    problem.pose(i).originOfTarget().distanceTo(poses.get(i).originOfTarget()));
        }
        return worst;
    }

    private double worstPoint(BundleProblem problem) {
        double worst = 0;
        for (int i = 0; i < POINTS; i++) {
            worst = Math.max(worst, problem.point(i).distanceTo(points.get(i)));
        }
        return worst;
    }

    private Vector3 noise(double size) {
        return new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).times(size);
    }
}
