package dev.aerie.slam.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.SwayingBody;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A camera on a swaying body before a cloud of points, with the readings of its MEMS sensor: what is seen alone knows
/// neither how large the world is nor which way is down.
final class InertialAdjustmentTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final int KEYFRAMES = 17;
    private static final int POINTS = 150;
    private static final double PIXELS = 0.5;

    private final SplittableRandom random = new SplittableRandom(4);
    private final SwayingBody body = new SwayingBody(KEYFRAMES, 0);

    /// World from camera.
    private RigidTransform truth(int keyframe) {
        return body.worldFromCamera(keyframe);
    }

    /// A world that is 12 % too large and tilted by 2°.
    @Test
    void run_worldTooLargeAndTilted_findsScaleGravityVelocityAndBias() {
        var wrong = new Sim3(Rotation.exp(new Vector3(0.03, -0.02, 0)), new Vector3(0, 0, 0), 1.12);
        var problem = problem(wrong);
        var terms = terms();
        terms.holdPlaceAndHeading(0, start(0, wrong));
        problem.setInertial(terms);

        var adjustment = new BundleAdjustment(problem);
        adjustment.run(15, true);

        double length = 0;
        double trueLength = 0;
        for (int i = 1; i < KEYFRAMES; i++) {
            length += position(problem, i).distanceTo(position(problem, i - 1));
            trueLength += truth(i).translation().distanceTo(truth(i - 1).translation());
        }
        assertThat(length / trueLength).as("scale").isCloseTo(1, within(0.01));
        for (int i = 0; i < KEYFRAMES; i++) {
            var up = problem.pose(i).rotation().zAxis();
            var trueUp = truth(i).inverse().rotation().zAxis();
            assertThat(Math.toDegrees(Math.acos(Math.min(1, up.dot(trueUp)))))
                    .as("degrees of tilt")
                    .isLessThan(0.3);
            var speed = terms.motion(i).velocity().length();
            assertThat(speed).as("m/s").isCloseTo(body.velocity(i).length(), within(0.04));
        }
        assertThat(terms.meanChi2(problem)).as("per degree of freedom").isLessThan(1.5);
    }

    /// The derivatives, through the cost that they lower.
    @Test
    void linearize_anywhere_isTheSlopeOfTheCost() {
        var term = new InertialTerm(0, 1, body.measured(0, 1), InertialNoise.DEFAULT);
        double[] poses = new double[24];
        double[] motions = new double[18];
        for (int i = 0; i < 2; i++) {
            put(poses, 12 * i, truth(i).inverse());
            var velocity = body.velocity(i);
            for (int k = 0; k < 9; k++) {
                motions[9 * i + k] = random.nextDouble(-1e-3, 1e-3);
            }
            motions[9 * i] += velocity.x();
            motions[9 * i + 1] += velocity.y();
            motions[9 * i + 2] += velocity.z();
        }
        term.linearize(state(poses, motions, 0), state(poses, motions, 1), SwayingBody.CAMERA_FROM_BODY);

        for (int k = 0; k < InertialTerm.UNKNOWNS; k++) {
            double step = 1e-7;
            double slope =
                    (costAt(term, poses, motions, k, step) - costAt(term, poses, motions, k, -step)) / (2 * step);
            double expected = -2 * term.gradient.get(k);
            assertThat(slope).as("unknown %d", k).isCloseTo(expected, within(1e-3 * Math.abs(expected) + 0.5));
        }
    }

    private static double costAt(InertialTerm term, double[] poses, double[] motions, int unknown, double step) {
        double[] movedPoses = poses.clone();
        double[] movedMotions = motions.clone();
        int camera = unknown / 15;
        int k = unknown % 15;
        if (k < 6) {
            double[] change = new double[6];
            change[k] = step;
            PoseUpdate.apply(movedPoses, 12 * camera, change, 0);
        } else {
            movedMotions[9 * camera + k - 6] += step;
        }
        return term.cost(state(movedPoses, movedMotions, 0), state(movedPoses, movedMotions, 1));
    }

    private static InertialTerm.State state(double[] poses, double[] motions, int camera) {
        int p = 12 * camera;
        var cameraFromWorld = new RigidTransform(
                new Rotation(
                        poses[p],
                        poses[p + 1],
                        poses[p + 2],
                        poses[p + 3],
                        poses[p + 4],
                        poses[p + 5],
                        poses[p + 6],
                        poses[p + 7],
                        poses[p + 8]),
                new Vector3(poses[p + 9], poses[p + 10], poses[p + 11]));
        var worldFromBody = cameraFromWorld.inverse().times(SwayingBody.CAMERA_FROM_BODY);
        int m = 9 * camera;
        return new InertialTerm.State(
                worldFromBody.rotation(),
                worldFromBody.translation(),
                new Vector3(motions[m], motions[m + 1], motions[m + 2]),
                new Vector3(motions[m + 3], motions[m + 4], motions[m + 5]),
                new Vector3(motions[m + 6], motions[m + 7], motions[m + 8]));
    }

    private static void put(double[] poses, int at, RigidTransform pose) {
        var r = pose.rotation();
        var t = pose.translation();
        double[] numbers = {
            r.m00(), r.m01(), r.m02(), r.m10(), r.m11(), r.m12(), r.m20(), r.m21(), r.m22(), t.x(), t.y(), t.z()
        };
        System.arraycopy(numbers, 0, poses, at, 12);
    }

    private static Vector3 position(BundleProblem problem, int camera) {
        return problem.pose(camera).originOfTarget();
    }

    /// Where a keyframe is thought to be: camera from world.
    private RigidTransform start(int keyframe, Sim3 wrong) {
        return Sim3.of(truth(keyframe).inverse()).times(wrong.inverse()).toRigid();
    }

    private BundleProblem problem(Sim3 wrong) {
        var problem = new BundleProblem(CAMERA);
        for (int i = 0; i < KEYFRAMES; i++) {
            problem.addCamera(start(i, wrong), false);
        }
        for (int i = 0; i < POINTS; i++) {
            var point = new Vector3(random.nextDouble(6, 20), random.nextDouble(-8, 8), random.nextDouble(-5, 5));
            problem.addPoint(wrong.apply(point));
            for (int camera = 0; camera < KEYFRAMES; camera++) {
                var inCamera = truth(camera).inverse().apply(point);
                if (inCamera.z() > 1) {
                    problem.addObservation(
                            camera,
                            new Keypoint(
                                    CAMERA.projectX(inCamera) + PIXELS * random.nextGaussian(),
                                    CAMERA.projectY(inCamera) + PIXELS * random.nextGaussian(),
                                    0,
                                    0));
                }
            }
        }
        return problem;
    }

    private InertialTerms terms() {
        var terms = new InertialTerms(SwayingBody.CAMERA_FROM_BODY, InertialNoise.DEFAULT);
        for (int i = 0; i < KEYFRAMES; i++) {
            terms.addMotion(i, new InertialTerms.Motion(Vector3.ZERO, Vector3.ZERO, Vector3.ZERO));
        }
        for (int i = 1; i < KEYFRAMES; i++) {
            terms.addMeasurement(i - 1, i, body.measured(i - 1, i));
        }
        return terms;
    }
}
