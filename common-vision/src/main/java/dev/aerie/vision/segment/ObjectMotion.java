package dev.aerie.vision.segment;

import dev.aerie.opencv.OpenCv;
import dev.aerie.vision.motion.ForwardBackwardFlow;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Motion of an object as a whole: a similarity fitted to the sparse flow of corners on it.
///
/// Catches a small object that moved farther than its own size, which dense flow loses.
final class ObjectMotion {

    static {
        OpenCv.withoutWindows();
    }

    private static final int MAX_CORNERS = 120;
    private static final double CORNER_QUALITY = 0.01;
    private static final double MIN_CORNER_DISTANCE = 4;
    private static final int MIN_CORNERS = 8;
    private static final int MIN_INLIERS = 6;
    private static final double MAX_RETURN_ERROR = 1.5;
    private static final double INLIER_CELLS = 3;
    private static final int WINDOW = 21;
    private static final int LEVELS = 4;

    private ObjectMotion() {}

    /// From the previous frame to the current one, in cells of the window's grid; empty where too few corners could
    /// be tracked.
    ///
    /// - `before`, `now`: 8-bit grey; `object`: 8-bit, not 0 on the object in the frame before; all lent
    static Optional<Affine> between(Mat before, Mat now, Mat object) {
        try (var corners = new Mat();
                var flow = new ForwardBackwardFlow(WINDOW, LEVELS, 30, 0.01)) {
            opencv_imgproc.goodFeaturesToTrack(
                    before, corners, MAX_CORNERS, CORNER_QUALITY, MIN_CORNER_DISTANCE, object, 3, false, 0.04);
            if (corners.rows() < MIN_CORNERS) {
                return Optional.empty();
            }
            flow.track(before, now, corners);
            List<Integer> kept = consistent(flow, corners.rows());
            return kept.size() < MIN_CORNERS ? Optional.empty() : fitSimilarity(corners, flow.ends(), kept);
        }
    }

    private static List<Integer> consistent(ForwardBackwardFlow flow, int count) {
        return IntStream.range(0, count)
                .filter(i -> flow.isFound(i)
                        && Math.max(Math.abs(flow.errorX(i)), Math.abs(flow.errorY(i))) < MAX_RETURN_ERROR)
                .boxed()
                .toList();
    }

    private static Optional<Affine> fitSimilarity(Mat corners, Mat followed, List<Integer> kept) {
        try (var from = rows(corners, kept);
                var to = rows(followed, kept);
                var inliers = new Mat();
                var similarity = opencv_calib3d.estimateAffinePartial2D(
                        from, to, inliers, opencv_calib3d.RANSAC, INLIER_CELLS, 2000, 0.99, 10)) {
            if (similarity.empty() || opencv_core.countNonZero(inliers) < MIN_INLIERS) {
                return Optional.empty();
            }
            return Affine.of(similarity).filter(motion -> motion.growth() > 0.3 && motion.growth() < 3);
        }
    }

    private static Mat rows(Mat points, List<Integer> kept) {
        var rows = new Mat(kept.size(), 1, opencv_core.CV_32FC2);
        FloatBuffer from = points.createBuffer();
        FloatBuffer to = rows.createBuffer();
        for (int i : kept) {
            to.put(from.get(2 * i)).put(from.get(2 * i + 1));
        }
        return rows;
    }
}
