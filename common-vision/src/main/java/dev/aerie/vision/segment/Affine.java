package dev.aerie.vision.segment;

import java.nio.DoubleBuffer;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/// An affine motion of the plane: `(a x + b y + c, d x + e y + f)`.
record Affine(double a, double b, double c, double d, double e, double f) {

    /// From a 2 × 3 matrix of doubles; empty where an estimator found none.
    static Optional<Affine> of(Mat matrix) {
        if (matrix.empty()) {
            return Optional.empty();
        }
        DoubleBuffer v = matrix.createBuffer();
        return Optional.of(new Affine(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4), v.get(5)));
    }

    double x(double fromX, double fromY) {
        return a * fromX + b * fromY + c;
    }

    double y(double fromX, double fromY) {
        return d * fromX + e * fromY + f;
    }

    /// How lengths grow, the square root of the growth of areas.
    double growth() {
        return Math.sqrt(Math.abs(a * e - b * d));
    }

    /// The motion back; of one that does not flatten the plane.
    Affine inverse() {
        double det = a * e - b * d;
        double ia = e / det;
        double ib = -b / det;
        double id = -d / det;
        double ie = a / det;
        return new Affine(ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f));
    }

    /// As OpenCV takes it: 2 × 3 doubles; the caller closes it.
    Mat toMat() {
        try (var row = new Mat(new double[] {a, b, c, d, e, f});
                var view = row.reshape(1, 2)) {
            return view.clone();
        }
    }
}
