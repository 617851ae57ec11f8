package dev.aerie.vision.motion;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;

/// Works out from two pictures how the camera moved: corners, followed by optical flow, most of which agree on one
/// homography. Moving objects are the minority that does not.
///
/// Deterministic; used by one thread; owns native memory. Sources: Shi and Tomasi 1994, Lucas and Kanade 1981 in
/// pyramids (Bouguet 2001), RANSAC (Fischler and Bolles 1981), all OpenCV's.
public final class CameraMotionEstimator implements AutoCloseable {

    private static final int MAX_CORNERS = 300;
    private static final double CORNER_QUALITY = 0.01;
    private static final double CORNER_DISTANCE_PIXELS = 8;
    /// With fewer corners the world has too little texture to show a motion.
    private static final int LEAST_CORNERS = 12;
    private static final double STILL_PIXELS = 0.25;
    private static final double STILL_SHARE = 0.5;
    private static final double OUTLIER_PIXELS = 1.5;
    private static final double LEAST_AGREEING_SHARE = 0.35;
    private static final double MAX_SHIFT_SHARE = 0.25;
    private static final double MAX_GROWTH = 1.3;

    private final Mat previous = new Mat();
    private final Mat noMask = new Mat();
    private final Mat corners = new Mat();
    private final Mat followed = new Mat();
    private final Mat found = new Mat();
    private final Mat error = new Mat();
    private final Mat from = new Mat(MAX_CORNERS, 1, opencv_core.CV_32FC2);
    private final Mat to = new Mat(MAX_CORNERS, 1, opencv_core.CV_32FC2);
    private final Mat inliers = new Mat();

    /// How the camera moved from the last picture given to this one; empty for the first, and where the two have too
    /// little in common: a cut, or a camera that swept on.
    ///
    /// - `grey`: 8-bit grey, lent, of the size of the last one or after [#reset]
    public Optional<CameraMotion> estimate(Mat grey) {
        try {
            return previous.empty() ? Optional.empty() : between(previous, grey);
        } finally {
            grey.copyTo(previous);
        }
    }

    /// Forgets the last picture.
    public void reset() {
        previous.release();
    }

    private Optional<CameraMotion> between(Mat before, Mat now) {
        opencv_imgproc.goodFeaturesToTrack(
                before, corners, MAX_CORNERS, CORNER_QUALITY, CORNER_DISTANCE_PIXELS, noMask, 3, false, 0.04);
        if (corners.rows() < LEAST_CORNERS) {
            return Optional.of(CameraMotion.NONE);
        }
        opencv_video.calcOpticalFlowPyrLK(before, now, corners, followed, found, error);
        int pairs = keepFollowed();
        if (pairs < LEAST_CORNERS) {
            return Optional.empty();
        }
        return isStill(pairs) ? Optional.of(CameraMotion.NONE) : agree(pairs, now);
    }

    /// Moves the pairs of corners that optical flow could follow to the front of `from` and `to`; returns how many.
    private int keepFollowed() {
        FloatBuffer starts = corners.createBuffer();
        FloatBuffer ends = followed.createBuffer();
        ByteBuffer good = found.createBuffer();
        FloatBuffer keptStarts = from.createBuffer();
        FloatBuffer keptEnds = to.createBuffer();
        int kept = 0;
        for (int i = 0; i < corners.rows(); i++) {
            if (good.get(i) != 0) {
                keptStarts.put(2 * kept, starts.get(2 * i)).put(2 * kept + 1, starts.get(2 * i + 1));
                keptEnds.put(2 * kept, ends.get(2 * i)).put(2 * kept + 1, ends.get(2 * i + 1));
                kept++;
            }
        }
        return kept;
    }

    /// Whether most corners stayed where they were: then exactly no motion beats a best fit that trembles.
    private boolean isStill(int pairs) {
        FloatBuffer starts = from.createBuffer();
        FloatBuffer ends = to.createBuffer();
        int still = 0;
        for (int i = 0; i < pairs; i++) {
            double dx = ends.get(2 * i) - starts.get(2 * i);
            double dy = ends.get(2 * i + 1) - starts.get(2 * i + 1);
            still += Math.hypot(dx, dy) < STILL_PIXELS ? 1 : 0;
        }
        return still >= STILL_SHARE * pairs;
    }

    private Optional<CameraMotion> agree(int pairs, Mat now) {
        try (Mat starts = from.rowRange(0, pairs);
                Mat ends = to.rowRange(0, pairs);
                Mat homography = opencv_calib3d.findHomography(
                        starts, ends, opencv_calib3d.RANSAC, OUTLIER_PIXELS, inliers, 500, 0.995)) {
            boolean agreed = !homography.empty() && opencv_core.countNonZero(inliers) >= LEAST_AGREEING_SHARE * pairs;
            return agreed ? sane(elements(homography), now) : Optional.empty();
        }
    }

    /// The motion, unless it is one that no camera makes between two pictures.
    private static Optional<CameraMotion> sane(List<Double> elements, Mat now) {
        if (!elements.stream().allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        var motion = new CameraMotion(elements);
        double x = now.cols() / 2.0;
        double y = now.rows() / 2.0;
        double shift = Math.hypot(motion.mapX(x, y) - x, motion.mapY(x, y) - y);
        double growth = motion.growthAt(x, y);
        boolean possible = shift < MAX_SHIFT_SHARE * now.cols() && growth < MAX_GROWTH && growth > 1 / MAX_GROWTH;
        return possible ? Optional.of(motion) : Optional.empty();
    }

    private static List<Double> elements(Mat homography) {
        var elements = new ArrayList<Double>();
        try (var values = new DoublePointer(homography.data())) {
            for (int i = 0; i < 9; i++) {
                elements.add(values.get(i));
            }
        }
        return elements;
    }

    @Override
    public void close() {
        for (Mat mat : List.of(previous, noMask, corners, followed, found, error, from, to, inliers)) {
            mat.close();
        }
    }
}
