package dev.aerie.vision.segment;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Optical flow to the previous frame: where each cell of a window's grid was.
///
/// - `x`, `y`: column and row of the grid, in cells
record BackwardFlow(Plane x, Plane y) {

    private static final int ERROR_WINDOW_CELLS = 9;
    private static final int SAMPLE_STRIDE = 3;

    /// From flow on the same grid: 32-bit floats, right and down, in pixels of `window`'s frame; lent.
    static BackwardFlow ofFlow(Mat flow, double cellsPerPixelX, double cellsPerPixelY) {
        var x = Plane.zero(flow.cols(), flow.rows());
        var y = Plane.zero(flow.cols(), flow.rows());
        var steps = new float[2 * x.values().length];
        FloatBuffer values = flow.createBuffer();
        values.get(steps);
        for (int i = 0; i < x.values().length; i++) {
            x.values()[i] = i % flow.cols() + (float) (steps[2 * i] * cellsPerPixelX);
            y.values()[i] = Math.floorDiv(i, flow.cols()) + (float) (steps[2 * i + 1] * cellsPerPixelY);
        }
        return new BackwardFlow(x, y);
    }

    /// The flow followed by `motion`.
    BackwardFlow then(Affine motion) {
        var farX = Plane.zero(x.columns(), x.rows());
        var farY = Plane.zero(x.columns(), x.rows());
        for (int i = 0; i < farX.values().length; i++) {
            farX.values()[i] = (float) motion.x(x.values()[i], y.values()[i]);
            farY.values()[i] = (float) motion.y(x.values()[i], y.values()[i]);
        }
        return new BackwardFlow(farX, farY);
    }

    /// Median displacement of the cells of `object` since the previous frame, right and down in cells; 0 where it
    /// is empty.
    double[] medianDisplacement(Plane object) {
        var right = new ArrayList<Float>();
        var down = new ArrayList<Float>();
        for (int i = 0; i < object.values().length; i += SAMPLE_STRIDE) {
            if (object.values()[i] > 0.5f) {
                right.add(i % object.columns() - x.values()[i]);
                down.add(Math.floorDiv(i, object.columns()) - y.values()[i]);
            }
        }
        return right.isEmpty() ? new double[2] : new double[] {median(right), median(down)};
    }

    private static double median(List<Float> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    /// Warps a matrix of the previous frame to the current one; the caller closes it.
    Mat warp(Mat before) {
        var warped = new Mat();
        try (var mapX = x.toMat();
                var mapY = y.toMat();
                var black = new Scalar()) {
            opencv_imgproc.remap(
                    before, warped, mapX, mapY, opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_REPLICATE, black);
        }
        return warped;
    }

    /// The same for a plane.
    Plane warp(Plane before) {
        try (var mat = before.toMat();
                var warped = warp(mat)) {
            return Plane.of(warped);
        }
    }

    /// Photometric error of the flow: grey levels, mean over a small square.
    Plane error(Mat before, Mat now) {
        try (var warped = warp(before);
                var difference = new Mat();
                var floats = new Mat();
                var square = new Size(ERROR_WINDOW_CELLS, ERROR_WINDOW_CELLS)) {
            opencv_core.absdiff(warped, now, difference);
            difference.convertTo(floats, opencv_core.CV_32F);
            opencv_imgproc.blur(floats, floats, square);
            return Plane.of(floats);
        }
    }

    /// Of this and another flow, cell by cell the one with the smaller error.
    BackwardFlow orBetter(BackwardFlow other, Mat before, Mat now) {
        float[] mine = error(before, now).values();
        float[] others = other.error(before, now).values();
        var bestX = new Plane(x.columns(), x.rows(), x.values().clone());
        var bestY = new Plane(x.columns(), x.rows(), y.values().clone());
        for (int i = 0; i < mine.length; i++) {
            if (others[i] < mine[i]) {
                bestX.values()[i] = other.x.values()[i];
                bestY.values()[i] = other.y.values()[i];
            }
        }
        return new BackwardFlow(bestX, bestY);
    }
}
