package dev.aerie.vision.segment;

import dev.aerie.opencv.OpenCv;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.TermCriteria;

/// How one object moved as a whole: corners on it, followed there and back, most of which agree on a similarity.
///
/// Catches what dense flow loses: a small object that moved farther than its own size.
final class ObjectMotion {

    static {
        OpenCv.withoutWindows();
    }

    private static final int MAX_CORNERS = 120;
    private static final double CORNER_QUALITY = 0.01;
    private static final double CORNER_DISTANCE = 4;
    private static final int MIN_CORNERS = 8;
    private static final int MIN_AGREEING = 6;
    private static final double RETURN_ERROR = 1.5;
    private static final double OUTLIER = 3;
    private static final int LEVELS = 4;

    private ObjectMotion() {}

    /// From the frame before to the frame now, in cells of the window's grid; empty where too little of the
    /// object could be followed.
    ///
    /// - `before`, `now`: 8-bit grey; `object`: 8-bit, not 0 on the object in the frame before; all lent
    static Optional<Affine> between(Mat before, Mat now, Mat object) {
        try (var corners = new Mat();
                var there = new Mat();
                var back = new Mat();
                var found = new Mat();
                var error = new Mat()) {
            opencv_imgproc.goodFeaturesToTrack(
                    before, corners, MAX_CORNERS, CORNER_QUALITY, CORNER_DISTANCE, object, 3, false, 0.04);
            if (corners.rows() < MIN_CORNERS) {
                return Optional.empty();
            }
            follow(before, now, corners, there, found, error);
            List<Integer> kept;
            try (var foundBack = new Mat()) {
                follow(now, before, there, back, foundBack, error);
                kept = returned(corners, back, found);
            }
            return kept.size() < MIN_CORNERS ? Optional.empty() : agree(corners, there, kept);
        }
    }

    private static void follow(Mat from, Mat to, Mat corners, Mat followed, Mat found, Mat error) {
        try (var square = new Size(21, 21);
                var stop = new TermCriteria(TermCriteria.COUNT + TermCriteria.EPS, 30, 0.01)) {
            opencv_video.calcOpticalFlowPyrLK(from, to, corners, followed, found, error, square, LEVELS, stop, 0, 1e-4);
        }
    }

    private static List<Integer> returned(Mat corners, Mat back, Mat found) {
        FloatBuffer from = corners.createBuffer();
        FloatBuffer to = back.createBuffer();
        ByteBuffer good = found.createBuffer();
        var kept = new ArrayList<Integer>();
        for (int i = 0; i < corners.rows(); i++) {
            double x = Math.abs(to.get(2 * i) - from.get(2 * i));
            double y = Math.abs(to.get(2 * i + 1) - from.get(2 * i + 1));
            if (good.get(i) != 0 && Math.max(x, y) < RETURN_ERROR) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static Optional<Affine> agree(Mat corners, Mat followed, List<Integer> kept) {
        try (var from = rows(corners, kept);
                var to = rows(followed, kept);
                var agreeing = new Mat();
                var similarity = opencv_calib3d.estimateAffinePartial2D(
                        from, to, agreeing, opencv_calib3d.RANSAC, OUTLIER, 2000, 0.99, 10)) {
            if (similarity.empty() || opencv_core.countNonZero(agreeing) < MIN_AGREEING) {
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
