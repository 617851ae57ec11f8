package dev.aerie.vision.segment;

import dev.aerie.opencv.OpenCv;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Motion evidence: residuals of an affine motion of the object and one of the background.
final class MotionEvidence {

    static {
        OpenCv.withoutWindows();
    }

    private static final int STRIDE = 4;
    private static final int MIN_CELLS = 12;
    private static final int NEAR_CELLS = 9;
    private static final float LIMIT = 3;

    private MotionEvidence() {}

    /// How much better the object's motion explains each cell; all 0 where either motion cannot be fitted.
    ///
    /// - `mask`: the warped mask, object above 1/2
    static Plane of(BackwardFlow backwardFlow, Plane mask) {
        var evidence = Plane.zero(mask.columns(), mask.rows());
        boolean[] near = near(mask);
        var object = fit(backwardFlow, mask, near, true);
        var background = fit(backwardFlow, mask, near, false);
        if (object.isEmpty() || background.isEmpty()) {
            return evidence;
        }
        for (int i = 0; i < near.length; i++) {
            evidence.values()[i] = ratio(backwardFlow, i, object.get(), background.get());
        }
        return smooth(evidence);
    }

    private static float ratio(BackwardFlow backwardFlow, int cell, Affine object, Affine background) {
        int x = cell % backwardFlow.x().columns();
        int y = cell / backwardFlow.x().columns();
        double toX = backwardFlow.x().values()[cell];
        double toY = backwardFlow.y().values()[cell];
        double fromObject = Math.hypot(toX - object.x(x, y), toY - object.y(x, y));
        double fromBackground = Math.hypot(toX - background.x(x, y), toY - background.y(x, y));
        double difference = Math.hypot(object.x(x, y) - background.x(x, y), object.y(x, y) - background.y(x, y));
        return (float)
                ((Math.min(fromBackground, difference) - Math.min(fromObject, difference)) / (1 + 0.3 * difference));
    }

    private static Plane smooth(Plane evidence) {
        try (var rough = evidence.toMat();
                var smooth = new Mat();
                var byDeviation = new Size(0, 0)) {
            opencv_imgproc.GaussianBlur(rough, smooth, byDeviation, 2);
            var plane = Plane.of(smooth);
            for (int i = 0; i < plane.values().length; i++) {
                plane.values()[i] = Math.clamp(plane.values()[i], -LIMIT, LIMIT);
            }
            return plane;
        }
    }

    private static boolean[] near(Plane mask) {
        try (var object = mask.above(0.5f);
                var square = opencv_imgproc.getStructuringElement(
                        opencv_imgproc.MORPH_RECT, new Size(NEAR_CELLS, NEAR_CELLS))) {
            opencv_imgproc.dilate(object, object, square);
            ByteBuffer grown = object.createBuffer();
            var near = new boolean[mask.values().length];
            for (int i = 0; i < near.length; i++) {
                near[i] = grown.get(i) != 0;
            }
            return near;
        }
    }

    private static Optional<Affine> fit(BackwardFlow backwardFlow, Plane mask, boolean[] near, boolean ofObject) {
        int columns = mask.columns();
        int max = (columns / STRIDE + 1) * (mask.rows() / STRIDE + 1);
        try (var from = new Mat(max, 1, opencv_core.CV_32FC2);
                var to = new Mat(max, 1, opencv_core.CV_32FC2)) {
            FloatBuffer starts = from.createBuffer();
            FloatBuffer ends = to.createBuffer();
            for (int y = STRIDE / 2; y < mask.rows(); y += STRIDE) {
                for (int x = STRIDE / 2; x < columns; x += STRIDE) {
                    int at = y * columns + x;
                    if (ofObject ? mask.values()[at] > 0.5f : !near[at]) {
                        starts.put(x).put(y);
                        ends.put(backwardFlow.x().values()[at])
                                .put(backwardFlow.y().values()[at]);
                    }
                }
            }
            int cells = starts.position() / 2;
            return cells < MIN_CELLS ? Optional.empty() : fit(from, to, cells);
        }
    }

    private static Optional<Affine> fit(Mat from, Mat to, int cells) {
        try (var starts = from.rowRange(0, cells);
                var ends = to.rowRange(0, cells);
                var agreeing = new Mat();
                var motion = opencv_calib3d.estimateAffine2D(
                        starts, ends, agreeing, opencv_calib3d.RANSAC, 1, 200, 0.99, 10)) {
            return Affine.of(motion);
        }
    }
}
