package dev.aerie.vision.motion;

import dev.aerie.opencv.OpenCv;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Decides from [KltTracks] whether one homography explains the motion of the static scene, and if not, measures each
/// point's residual from the epipolar geometry of a static scene with parallax.
///
/// With parallax a static point moves along its epipolar line, and only to the side on which objects nearer than the
/// ground lie. Deterministic; used by one thread; owns native memory. After: Hartley and Zisserman 2004, chapters 11
/// and 13 (fundamental matrix, plane and parallax).
public final class EpipolarMotionModel implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    /// The model that explains the motion of the static scene.
    public enum SceneStructure {
        /// None yet: too few points, or too short a time.
        UNKNOWN,
        /// One homography: a planar or distant scene, or a camera that only rotates.
        PLANAR,
        /// A fundamental matrix: a scene with depth and a camera that translates.
        PARALLAX
    }

    private static final int MIN_POINTS = 40;
    private static final double PLANE_INLIER_PIXELS = 1.0;
    private static final double EPIPOLAR_INLIER_PIXELS = 0.7;
    private static final double MIN_PLANE_INLIERS = 0.85;
    /// Ratio of inliers from which on the plane is preferred to the epipolar model, which has more degrees of
    /// freedom.
    private static final double MIN_PLANE_TO_EPIPOLAR = 0.92;
    private static final double MIN_EPIPOLAR_INLIERS = 0.5;
    private static final double MIN_PARALLAX_PIXELS = 1;
    /// Where more static points than this lie behind the plane, the plane is not the ground.
    private static final double MAX_BEHIND_FRACTION = 0.08;

    private final int[] slots = new int[KltTracks.SLOTS];
    private final float[] residualPixels = new float[KltTracks.SLOTS];
    private final Mat from = new Mat(KltTracks.SLOTS, 1, opencv_core.CV_32FC2);
    private final Mat to = new Mat(KltTracks.SLOTS, 1, opencv_core.CV_32FC2);
    private final Mat inliers = new Mat();
    private final double[] h = new double[9];
    private final double[] f = new double[9];
    private final float[] planeParallax = new float[KltTracks.SLOTS];
    private int count;

    /// Fits the points that were tracked for the last `back` frames.
    public SceneStructure fit(KltTracks tracks, int back) {
        gather(tracks, back);
        if (back == 0 || count < MIN_POINTS) {
            return SceneStructure.UNKNOWN;
        }
        try (Mat starts = from.rowRange(0, count);
                Mat ends = to.rowRange(0, count)) {
            int planeInliers = fitPlane(starts, ends);
            if (planeInliers >= MIN_PLANE_INLIERS * count) {
                return SceneStructure.PLANAR;
            }
            int epipolarInliers = fitFundamental(starts, ends);
            if (planeInliers >= MIN_PLANE_TO_EPIPOLAR * epipolarInliers) {
                return SceneStructure.PLANAR;
            }
            if (epipolarInliers < MIN_EPIPOLAR_INLIERS * count) {
                return SceneStructure.UNKNOWN;
            }
            measure();
            return SceneStructure.PARALLAX;
        }
    }

    /// Residual of a slot's point from the static scene, in pixels; negative where unknown. Valid after [#fit]
    /// returned [SceneStructure#PARALLAX].
    public float residualPixels(int slot) {
        return residualPixels[slot];
    }

    private void gather(KltTracks tracks, int back) {
        FloatBuffer starts = from.createBuffer();
        FloatBuffer ends = to.createBuffer();
        count = 0;
        Arrays.fill(residualPixels, -1);
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (tracks.age(slot) >= back) {
                starts.put(tracks.x(slot, back)).put(tracks.y(slot, back));
                ends.put(tracks.x(slot, 0)).put(tracks.y(slot, 0));
                slots[count++] = slot;
            }
        }
    }

    private int fitPlane(Mat starts, Mat ends) {
        try (Mat matrix = opencv_calib3d.findHomography(
                starts, ends, opencv_calib3d.RANSAC, PLANE_INLIER_PIXELS, inliers, 400, 0.995)) {
            return copyElements(matrix, h) ? opencv_core.countNonZero(inliers) : 0;
        }
    }

    /// Number of inliers; 0 where there is no such matrix, for which OpenCV 4.13 throws an exception.
    private int fitFundamental(Mat starts, Mat ends) {
        try (Mat matrix = opencv_calib3d.findFundamentalMat(
                starts, ends, opencv_calib3d.FM_RANSAC, EPIPOLAR_INLIER_PIXELS, 0.99, 400, inliers)) {
            return copyElements(matrix, f) ? opencv_core.countNonZero(inliers) : 0;
        } catch (RuntimeException noMatrix) {
            return 0;
        }
    }

    private static boolean copyElements(Mat matrix, double[] elements) {
        if (matrix.empty() || matrix.rows() != 3) {
            return false;
        }
        try (var values = new DoublePointer(matrix.data())) {
            values.get(elements);
        }
        return Arrays.stream(elements).allMatch(Double::isFinite);
    }

    private void measure() {
        FloatBuffer starts = from.createBuffer();
        FloatBuffer ends = to.createBuffer();
        double[] e = epipole();
        for (int i = 0; i < count; i++) {
            double px = starts.get(2 * i);
            double py = starts.get(2 * i + 1);
            double qx = ends.get(2 * i);
            double qy = ends.get(2 * i + 1);
            residualPixels[slots[i]] = (float) sampsonDistance(px, py, qx, qy);
            planeParallax[i] = (float) planeParallax(px, py, qx, qy, e);
        }
        int side = forbiddenSide();
        for (int i = 0; i < count && side != 0; i++) {
            residualPixels[slots[i]] = Math.max(residualPixels[slots[i]], side * planeParallax[i]);
        }
    }

    /// The sign of parallax that static points above the ground cannot have; 0 where both are common.
    private int forbiddenSide() {
        ByteBuffer good = inliers.createBuffer();
        int still = 0;
        int positive = 0;
        int negative = 0;
        for (int i = 0; i < count; i++) {
            if (good.get(i) != 0) {
                still++;
                positive += planeParallax[i] > MIN_PARALLAX_PIXELS ? 1 : 0;
                negative += planeParallax[i] < -MIN_PARALLAX_PIXELS ? 1 : 0;
            }
        }
        if (positive < MAX_BEHIND_FRACTION * still) {
            return 1;
        }
        return negative < MAX_BEHIND_FRACTION * still ? -1 : 0;
    }

    /// Square root of Sampson's distance.
    private double sampsonDistance(double px, double py, double qx, double qy) {
        double a = f[0] * px + f[1] * py + f[2];
        double b = f[3] * px + f[4] * py + f[5];
        double c = f[6] * px + f[7] * py + f[8];
        double d = f[0] * qx + f[3] * qy + f[6];
        double g = f[1] * qx + f[4] * qy + f[7];
        return Math.abs(qx * a + qy * b + c) / Math.sqrt(a * a + b * b + d * d + g * g);
    }

    /// Parallax relative to the plane, in pixels, signed.
    private double planeParallax(double px, double py, double qx, double qy, double[] e) {
        double hx = h[0] * px + h[1] * py + h[2];
        double hy = h[3] * px + h[4] * py + h[5];
        double hw = h[6] * px + h[7] * py + h[8];
        double[] mapped = cross(qx, qy, new double[] {hx, hy, hw});
        double[] line = cross(qx, qy, e);
        double k = -(mapped[0] * line[0] + mapped[1] * line[1] + mapped[2] * line[2]);
        double pixels = Math.hypot(qx - hx / hw, qy - hy / hw);
        return hw <= 0 ? 0 : Math.signum(k) * -pixels;
    }

    private static double[] cross(double x, double y, double[] b) {
        return new double[] {y * b[2] - b[1], b[0] - x * b[2], x * b[1] - y * b[0]};
    }

    /// The epipole in the last frame: the null vector of the transposed fundamental matrix.
    private double[] epipole() {
        double[] best = new double[3];
        double max = -1;
        for (int i = 0; i < 3; i++) {
            int j = (i + 1) % 3;
            double[] c = {
                f[3 + i] * f[6 + j] - f[6 + i] * f[3 + j],
                f[6 + i] * f[j] - f[i] * f[6 + j],
                f[i] * f[3 + j] - f[3 + i] * f[j]
            };
            double length = c[0] * c[0] + c[1] * c[1] + c[2] * c[2];
            if (length > max) {
                max = length;
                best = c;
            }
        }
        return best;
    }

    @Override
    public void close() {
        for (Mat mat : List.of(from, to, inliers)) {
            mat.close();
        }
    }
}
