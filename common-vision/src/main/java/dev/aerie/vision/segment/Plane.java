package dev.aerie.vision.segment;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// One number for each cell of a grid, rows from the top. Its values may be changed.
final class Plane {

    private final int columns;
    private final int rows;
    private final float[] values;

    /// - `values`: rows from the top; owned from here on
    Plane(int columns, int rows, float[] values) {
        if (values.length != columns * rows) {
            throw new IllegalArgumentException(columns + " × " + rows + " cells, but " + values.length + " values");
        }
        this.columns = columns;
        this.rows = rows;
        this.values = values;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /// Rows from the top; lent, not a copy.
    float[] values() {
        return values;
    }

    static Plane zero(int columns, int rows) {
        return new Plane(columns, rows, new float[columns * rows]);
    }

    /// A copy of a matrix of 32-bit floats with one channel.
    static Plane of(Mat mat) {
        var plane = zero(mat.cols(), mat.rows());
        FloatBuffer values = mat.createBuffer();
        values.get(plane.values);
        return plane;
    }

    /// A copy of a matrix of any depth with one channel, each value times `factor`.
    static Plane of(Mat mat, double factor) {
        try (var floats = new Mat()) {
            mat.convertTo(floats, opencv_core.CV_32F, factor, 0);
            return of(floats);
        }
    }

    /// A copy as 32-bit floats; the caller closes it.
    Mat toMat() {
        var mat = new Mat(rows, columns, opencv_core.CV_32FC1);
        FloatBuffer target = mat.createBuffer();
        target.put(values);
        return mat;
    }

    /// 255 where a value is above `level`, else 0; the caller closes it.
    Mat above(float level) {
        try (var mat = toMat();
                var marked = new Mat()) {
            opencv_imgproc.threshold(mat, marked, level, 255, opencv_imgproc.THRESH_BINARY);
            var bytes = new Mat();
            marked.convertTo(bytes, opencv_core.CV_8U);
            return bytes;
        }
    }

    int countAbove(float level) {
        int count = 0;
        for (float value : values) {
            count += value > level ? 1 : 0;
        }
        return count;
    }

    /// Mean column and row of the cells above `level`; of at least one.
    double[] centroidAbove(float level) {
        double x = 0;
        double y = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > level) {
                x += i % columns;
                y += Math.floorDiv(i, columns);
                count++;
            }
        }
        return new double[] {x / count, y / count};
    }

    /// Mean of another plane where this one is above `level`; negative infinity where it nowhere is.
    double meanWhereAbove(float level, Plane other) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > level) {
                sum += other.values[i];
                count++;
            }
        }
        return count == 0 ? Double.NEGATIVE_INFINITY : sum / count;
    }

    /// The same plane on another grid, interpolated bilinearly between the centres of the cells.
    Plane resized(int newColumns, int newRows) {
        if (newColumns == columns && newRows == rows) {
            return this;
        }
        try (var from = toMat();
                var to = new Mat();
                var size = new Size(newColumns, newRows)) {
            opencv_imgproc.resize(from, to, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            return of(to);
        }
    }

    /// Adds `weight` times the other plane to this one.
    void add(Plane other, float weight) {
        float[] more = other.values;
        for (int i = 0; i < values.length; i++) {
            values[i] += weight * more[i];
        }
    }
}
