package dev.aerie.vision.segment;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Descriptors of the cells of a coarse grid: rows of numbers whose squared distances measure how different two cells
/// look.
///
/// Lab colour at three scales, colour on a near and a far ring, and gradient magnitude in four directions. The grid's
/// scale follows the object, which covers about the same number of cells in every frame.
final class Descriptors {

    /// Numbers in a row.
    static final int LENGTH = 48;
    /// Those that [#of] fills.
    static final int APPEARANCE = 45;

    private static final int DIRECTIONS = 8;
    private static final Scalar LAB_UNITS = new Scalar(1 / 60.0, 1 / 25.0, 1 / 25.0, 0);

    private final int count;
    private final float[] values;

    /// - `count`: of cells, rows of the grid from the top
    /// - `values`: `count` rows of [#LENGTH]; owned from here on
    Descriptors(int count, float[] values) {
        this.count = count;
        this.values = values;
    }

    int count() {
        return count;
    }

    /// Rows of [#LENGTH], the last three numbers of which are position and a constant for [NearestNeighbours];
    /// lent.
    float[] values() {
        return values;
    }

    /// Describes every cell of a small 8-bit BGR matrix, lent.
    static Descriptors of(Mat bgr) {
        var descriptors = new Descriptors(bgr.rows() * bgr.cols(), new float[bgr.rows() * bgr.cols() * LENGTH]);
        try (var lab = lab(bgr);
                var fine = blurred(lab, 1);
                var middle = blurred(lab, 2.5);
                var coarse = blurred(lab, 6)) {
            int at = descriptors.put(0, fine, 1, 0, 0, 3);
            at = descriptors.put(at, middle, 0.8f, 0, 0, 3);
            at = descriptors.put(at, coarse, 0.5f, 0, 0, 3);
            at = descriptors.putRing(at, middle, 4, 0.35f);
            at = descriptors.putRing(at, coarse, 9, 0.25f);
            descriptors.putGradients(at, lab);
        }
        return descriptors;
    }

    private int putRing(int first, Mat mat, int radius, float weight) {
        int at = first;
        for (int k = 0; k < DIRECTIONS; k++) {
            int dx = (int) Math.rint(radius * Math.cos(k * Math.PI / 4));
            int dy = (int) Math.rint(radius * Math.sin(k * Math.PI / 4));
            at = put(at, mat, weight, dx, dy, k % 2 == 1 ? 1 : 3);
        }
        return at;
    }

    /// Writes the first `channels` of the cell at offset `dx`, `dy` to index `at` of each row; returns the next
    /// index.
    private int put(int at, Mat mat, float weight, int dx, int dy, int channels) {
        var pixels = new float[count * 3];
        FloatBuffer buffer = mat.createBuffer();
        buffer.get(pixels);
        for (int y = 0; y < mat.rows(); y++) {
            int row = Math.clamp(y + dy, 0, mat.rows() - 1) * mat.cols();
            for (int x = 0; x < mat.cols(); x++) {
                int from = 3 * (row + Math.clamp(x + dx, 0, mat.cols() - 1));
                int to = (y * mat.cols() + x) * LENGTH + at;
                for (int c = 0; c < channels; c++) {
                    values[to + c] = weight * pixels[from + c];
                }
            }
        }
        return at + channels;
    }

    private void putGradients(int at, Mat lab) {
        try (var lightness = new Mat();
                var right = new Mat();
                var down = new Mat();
                var strength = new Mat(lab.rows(), lab.cols(), opencv_core.CV_32FC4)) {
            opencv_core.extractChannel(lab, lightness, 0);
            opencv_imgproc.Sobel(lightness, right, -1, 1, 0);
            opencv_imgproc.Sobel(lightness, down, -1, 0, 1);
            fill(strength, Plane.of(right).values(), Plane.of(down).values());
            try (var smooth = blurred(strength, 2)) {
                FloatBuffer buffer = smooth.createBuffer();
                for (int i = 0; i < count; i++) {
                    for (int k = 0; k < 4; k++) {
                        values[i * LENGTH + at + k] = 0.5f * (float) Math.sqrt(Math.max(0, buffer.get(4 * i + k)));
                    }
                }
            }
        }
    }

    /// Gradient magnitude of each cell's lightness in four directions, without its sign.
    private static void fill(Mat strength, float[] right, float[] down) {
        FloatBuffer target = strength.createBuffer();
        for (int i = 0; i < right.length; i++) {
            double length = Math.hypot(right[i], down[i]);
            double twice = 2 * Math.atan2(down[i], right[i]);
            for (int k = 0; k < 4; k++) {
                target.put((float) (length * Math.max(0, Math.cos(twice - k * Math.PI / 2))));
            }
        }
    }

    private static Mat lab(Mat bgr) {
        var lab = new Mat();
        bgr.convertTo(lab, opencv_core.CV_32F, 1 / 255.0, 0);
        opencv_imgproc.cvtColor(lab, lab, opencv_imgproc.COLOR_BGR2Lab);
        try (var units = new Mat(lab.rows(), lab.cols(), opencv_core.CV_32FC3, LAB_UNITS)) {
            opencv_core.multiply(lab, units, lab);
        }
        return lab;
    }

    private static Mat blurred(Mat mat, double deviationCells) {
        var blurred = new Mat();
        try (var byDeviation = new Size(0, 0)) {
            opencv_imgproc.GaussianBlur(mat, blurred, byDeviation, deviationCells);
        }
        return blurred;
    }

    /// Adds each cell's position relative to `centreX`, `centreY`, with a low weight compared with appearance.
    ///
    /// - `weight`: of one cell's distance; `limit`: the farthest that counts, so weighted
    Descriptors withPosition(int columns, double centreX, double centreY, double weight, double limit) {
        for (int i = 0; i < count; i++) {
            int column = i % columns;
            int row = i / columns;
            values[i * LENGTH + APPEARANCE] = (float) Math.clamp((column - centreX) * weight, -limit, limit);
            values[i * LENGTH + APPEARANCE + 1] = (float) Math.clamp((row - centreY) * weight, -limit, limit);
            values[i * LENGTH + APPEARANCE + 2] = 1;
        }
        return this;
    }

    /// Half the squared length of a row, without its constant.
    float halfSquare(int row) {
        float sum = 0;
        for (int i = row * LENGTH; i < row * LENGTH + LENGTH - 1; i++) {
            sum += values[i] * values[i];
        }
        return sum / 2;
    }

    /// The rows at these indices, in this order.
    Descriptors select(List<Integer> rows) {
        var chosen = new float[rows.size() * LENGTH];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(values, rows.get(i) * LENGTH, chosen, i * LENGTH, LENGTH);
        }
        return new Descriptors(rows.size(), chosen);
    }
}
