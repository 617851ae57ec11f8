package dev.aerie.slam.solve;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.Arrays;

/// Finds a camera's pose from landmarks of known place: Gauss-Newton on SE(3) with Huber's loss, in four rounds,
/// each of which leaves out what the one before found to be wrong.
///
/// Reused from frame to frame by one thread; takes memory only when it must grow. Source: ORB-SLAM (Mur-Artal
/// et al. 2015), section V.B and appendix.
public final class PoseGaussNewton {

    /// 95 % of right matches have a squared error below it, in variances (two degrees of freedom).
    public static final double CHI2 = 5.991;

    private static final int ROUNDS = 4;
    private static final int STEPS_PER_ROUND = 10;
    private static final double HUBER = Math.sqrt(CHI2);
    private static final double SMALL_STEP = 1e-7;
    private static final int MIN_POINTS = 6;

    private final NormalEquations equations = new NormalEquations(6);
    private final double[] rowX = new double[6];
    private final double[] rowY = new double[6];
    private double[] points = new double[3 * 1024];
    private double[] pixels = new double[2 * 1024];
    private double[] information = new double[1024];
    private double[] weights = new double[1024];
    private boolean[] inlier = new boolean[1024];
    private int count;
    private PinholeCamera camera;
    private RigidTransform pose = RigidTransform.IDENTITY;

    public PoseGaussNewton(PinholeCamera camera) {
        this.camera = camera;
    }

    /// Begins anew.
    public void start(PinholeCamera ofFrame) {
        camera = ofFrame;
        count = 0;
    }

    /// Adds a landmark and where it was seen; they are counted from 0.
    public void add(Vector3 inWorld, Keypoint seen) {
        add(inWorld, seen, 1);
    }

    /// Adds one that counts a share of what others do; whether it agrees is judged as of any.
    public void add(Vector3 inWorld, Keypoint seen, double weight) {
        if (count == information.length) {
            points = Arrays.copyOf(points, 6 * count);
            pixels = Arrays.copyOf(pixels, 4 * count);
            information = Arrays.copyOf(information, 2 * count);
            weights = Arrays.copyOf(weights, 2 * count);
            inlier = Arrays.copyOf(inlier, 2 * count);
        }
        points[3 * count] = inWorld.x();
        points[3 * count + 1] = inWorld.y();
        points[3 * count + 2] = inWorld.z();
        pixels[2 * count] = seen.xPixels();
        pixels[2 * count + 1] = seen.yPixels();
        information[count] = ScaleLevels.information(seen.octave());
        weights[count] = weight;
        inlier[count++] = true;
    }

    /// Solves from a first guess `cameraFromWorld`; returns how many landmarks agree with [#pose], 0 if it
    /// failed.
    public int solve(RigidTransform guess) {
        pose = guess;
        int inliers = count;
        for (int round = 0; round < ROUNDS && inliers >= MIN_POINTS; round++) {
            boolean isRobust = round < ROUNDS - 1;
            refine(isRobust);
            inliers = classifyInliers();
        }
        pose = pose.orthonormal();
        return inliers >= MIN_POINTS && pose.isFinite() ? inliers : 0;
    }

    private void refine(boolean isRobust) {
        for (int step = 0; step < STEPS_PER_ROUND; step++) {
            equations.clear();
            for (int i = 0; i < count; i++) {
                if (inlier[i]) {
                    linearize(i, isRobust);
                }
            }
            if (!equations.solve(1e-6)) {
                return;
            }
            var rotation = new Vector3(equations.step(0), equations.step(1), equations.step(2));
            var shift = new Vector3(equations.step(3), equations.step(4), equations.step(5));
            pose = new RigidTransform(Rotation.exp(rotation), shift).times(pose);
            if (rotation.length() + shift.length() < SMALL_STEP) {
                return;
            }
        }
    }

    /// Adds one landmark's residual and its derivatives by a turn and a shift of the camera.
    private void linearize(int i, boolean isRobust) {
        var r = pose.rotation();
        var t = pose.translation();
        double px = points[3 * i];
        double py = points[3 * i + 1];
        double pz = points[3 * i + 2];
        double x = r.m00() * px + r.m01() * py + r.m02() * pz + t.x();
        double y = r.m10() * px + r.m11() * py + r.m12() * pz + t.y();
        double z = r.m20() * px + r.m21() * py + r.m22() * pz + t.z();
        if (z < 1e-6) {
            return;
        }
        double fx = camera.focalXPixels() / z;
        double fy = camera.focalYPixels() / z;
        double ex = pixels[2 * i] - fx * x - camera.centreXPixels();
        double ey = pixels[2 * i + 1] - fy * y - camera.centreYPixels();
        double error = Math.sqrt(information[i] * (ex * ex + ey * ey));
        double weight = weights[i] * information[i] * (isRobust && error > HUBER ? HUBER / error : 1);
        fill(rowX, -fx * x / z * y, fx * (z + x * x / z), -fx * y, fx, 0, -fx * x / z);
        fill(rowY, -fy * (z + y * y / z), fy * x * y / z, fy * x, 0, fy, -fy * y / z);
        equations.add(rowX, ex, weight);
        equations.add(rowY, ey, weight);
    }

    private static void fill(double[] row, double a, double b, double c, double d, double e, double f) {
        row[0] = a;
        row[1] = b;
        row[2] = c;
        row[3] = d;
        row[4] = e;
        row[5] = f;
    }

    /// Tells right from wrong matches at the present pose; returns how many are right.
    private int classifyInliers() {
        int right = 0;
        for (int i = 0; i < count; i++) {
            var p = pose.apply(new Vector3(points[3 * i], points[3 * i + 1], points[3 * i + 2]));
            double ex = pixels[2 * i] - camera.projectX(p);
            double ey = pixels[2 * i + 1] - camera.projectY(p);
            inlier[i] = p.z() > 0 && information[i] * (ex * ex + ey * ey) < CHI2;
            right += inlier[i] ? 1 : 0;
        }
        return right;
    }

    /// `cameraFromWorld` as the last [#solve] found it.
    public RigidTransform pose() {
        return pose;
    }

    /// Whether a landmark agrees with [#pose].
    public boolean isInlier(int index) {
        return inlier[index];
    }

    /// Variances and covariances of the last pose, 6 × 6, row by row: translation (in the map's unit, along the
    /// camera's axes) first, then rotation (radians, about them). Assumes that keypoints err by one pixel of their
    /// level.
    public double[] covariance() {
        equations.clear();
        for (int i = 0; i < count; i++) {
            if (inlier[i]) {
                linearize(i, false);
            }
        }
        double[] swapped = new double[36];
        if (equations.solve(0)) {
            double[] inverse = equations.inverse();
            for (int i = 0; i < 36; i++) {
                swapped[(i / 6 + 3) % 6 * 6 + (i % 6 + 3) % 6] = inverse[i];
            }
        }
        return swapped;
    }
}
