package dev.aerie.vision.moving;

import dev.aerie.opencv.OpenCv;
import dev.aerie.vision.motion.CameraMotion;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// How a scene in which nothing moves explains a flow: its dominant homography, and its dominant epipolar geometry.
///
/// Used by one thread; owns native memory. As `homography_flow` and `sampson_distance` in
/// `deploy/models/motion/features.py`.
final class StaticScene implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private static final double HOMOGRAPHY_CELLS = 0.5;
    private static final int HOMOGRAPHY_ROUNDS = 300;
    private static final double EPIPOLAR_CELLS = 0.3;
    private static final int EPIPOLAR_ROUNDS = 150;
    private static final double CONFIDENCE = 0.99;
    private static final double MAX_CELLS = 200;
    private static final double MIN_DEPTH = 1e-3;
    private static final int ELEMENTS = 9;

    private final Mat starts = new Mat(CellGrid.SAMPLES, 1, opencv_core.CV_32FC2);
    private final Mat ends = new Mat(CellGrid.SAMPLES, 1, opencv_core.CV_32FC2);
    private final Mat inliers = new Mat();
    private final double[] h = new double[ELEMENTS];
    private final double[] f = new double[ELEMENTS];

    StaticScene() {
        FloatBuffer places = starts.createBuffer();
        for (int i = 0; i < CellGrid.SAMPLES; i++) {
            places.put(CellGrid.sampleColumn(i)).put(CellGrid.sampleRow(i));
        }
    }

    /// Takes the homography out of a flow; its median where there is none.
    ///
    /// - `right`, `down`: lent, in cells; `restRight`, `restDown`: written, what remains
    /// - returns the homography from the later frame to the earlier one, in cells, where there is one
    Optional<double[]> subtractHomography(float[] right, float[] down, float[] restRight, float[] restDown) {
        fillEnds(right, down);
        if (!fitHomography()) {
            float x = (float) CellFlow.median(right);
            float y = (float) CellFlow.median(down);
            for (int i = 0; i < CellGrid.CELLS; i++) {
                restRight[i] = right[i] - x;
                restDown[i] = down[i] - y;
            }
            return Optional.empty();
        }
        for (int row = 0; row < CellGrid.HEIGHT; row++) {
            for (int column = 0; column < CellGrid.WIDTH; column++) {
                int i = row * CellGrid.WIDTH + column;
                double depth = h[6] * column + h[7] * row + h[8];
                double safe = Math.abs(depth) < MIN_DEPTH ? MIN_DEPTH : depth;
                double x = (h[0] * column + h[1] * row + h[2]) / safe - column;
                double y = (h[3] * column + h[4] * row + h[5]) / safe - row;
                restRight[i] = right[i] - (float) Math.clamp(x, -MAX_CELLS, MAX_CELLS);
                restDown[i] = down[i] - (float) Math.clamp(y, -MAX_CELLS, MAX_CELLS);
            }
        }
        return Optional.of(h.clone());
    }

    /// Sampson distance in cells of each vector to the dominant epipolar geometry; 0 where there is none.
    void distances(float[] right, float[] down, float[] distances) {
        fillEnds(right, down);
        if (!fitEpipolarGeometry()) {
            Arrays.fill(distances, 0);
            return;
        }
        for (int row = 0; row < CellGrid.HEIGHT; row++) {
            for (int column = 0; column < CellGrid.WIDTH; column++) {
                int i = row * CellGrid.WIDTH + column;
                distances[i] = (float)
                        Math.min(MAX_CELLS, distance(column, row, column + (double) right[i], row + (double) down[i]));
            }
        }
    }

    private double distance(int column, int row, double x, double y) {
        double a = f[0] * column + f[1] * row + f[2];
        double b = f[3] * column + f[4] * row + f[5];
        double c = f[6] * column + f[7] * row + f[8];
        double d = f[0] * x + f[3] * y + f[6];
        double e = f[1] * x + f[4] * y + f[7];
        return Math.abs(x * a + y * b + c) / Math.sqrt(a * a + b * b + d * d + e * e + 1e-12);
    }

    /// The camera's motion that a homography in cells is, in pixels of a frame; empty where it cannot be inverted.
    static Optional<CameraMotion> cameraMotion(double[] earlierFromLater, double frameWidth, double frameHeight) {
        double[] m = inverse(earlierFromLater);
        double across = frameWidth / CellGrid.WIDTH;
        double down = frameHeight / CellGrid.HEIGHT;
        var elements = new Double[] {
            m[0],
            m[1] * across / down,
            m[2] * across,
            m[3] * down / across,
            m[4],
            m[5] * down,
            m[6] / across,
            m[7] / down,
            m[8]
        };
        boolean isUsable = Arrays.stream(elements).allMatch(element -> Double.isFinite(element / m[8]));
        return isUsable
                ? Optional.of(new CameraMotion(
                        Arrays.stream(elements).map(element -> element / m[8]).toList()))
                : Optional.empty();
    }

    /// Up to a factor: the adjugate.
    private static double[] inverse(double[] m) {
        return new double[] {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
    }

    private void fillEnds(float[] right, float[] down) {
        FloatBuffer places = ends.createBuffer();
        for (int i = 0; i < CellGrid.SAMPLES; i++) {
            int column = CellGrid.sampleColumn(i);
            int row = CellGrid.sampleRow(i);
            int cell = row * CellGrid.WIDTH + column;
            places.put(column + right[cell]).put(row + down[cell]);
        }
    }

    /// Degenerate samples make OpenCV throw an exception.
    private boolean fitHomography() {
        try (Mat matrix = opencv_calib3d.findHomography(
                starts, ends, opencv_calib3d.USAC_FAST, HOMOGRAPHY_CELLS, inliers, HOMOGRAPHY_ROUNDS, CONFIDENCE)) {
            return copyElements(matrix, h);
        } catch (RuntimeException degenerate) {
            return false;
        }
    }

    private boolean fitEpipolarGeometry() {
        try (Mat matrix = opencv_calib3d.findFundamentalMat(
                starts, ends, opencv_calib3d.USAC_FAST, EPIPOLAR_CELLS, CONFIDENCE, EPIPOLAR_ROUNDS, inliers)) {
            if (!copyElements(matrix, f)) {
                return false;
            }
        } catch (RuntimeException degenerate) {
            return false;
        }
        double length =
                Math.sqrt(Arrays.stream(f).map(element -> element * element).sum());
        for (int i = 0; i < ELEMENTS; i++) {
            f[i] /= length;
        }
        return length > 0;
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

    @Override
    public void close() {
        for (Mat mat : List.of(starts, ends, inliers)) {
            mat.close();
        }
    }
}
