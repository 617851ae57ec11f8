package dev.aerie.vision.motion;

import dev.aerie.opencv.OpenCv;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_calib3d;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Estimates the camera's motion between two frames as the homography that most tracked points agree on; moving objects
/// are outliers.
///
/// Deterministic; used by one thread; owns native memory. Source: RANSAC (Fischler and Bolles
/// 1981), OpenCV's.
public final class CameraMotionEstimator implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    /// With fewer corners the frame has too little texture to show a motion.
    private static final int MIN_CORNERS = 12;
    private static final double STILL_PIXELS = 0.25;
    private static final double MIN_STILL_FRACTION = 0.5;
    private static final double OUTLIER_PIXELS = 1.5;
    private static final double MIN_INLIER_FRACTION = 0.35;
    private static final double MAX_SHIFT_FRACTION = 0.25;
    private static final double MAX_GROWTH = 1.3;

    private final Mat from = new Mat(KltTracks.SLOTS, 1, opencv_core.CV_32FC2);
    private final Mat to = new Mat(KltTracks.SLOTS, 1, opencv_core.CV_32FC2);
    private final Mat inliers = new Mat();

    /// The motion from the previous frame to the last one; empty for the first, and where both have too little in
    /// common: a cut, or a fast pan.
    ///
    /// - `tracks`: tracked into the last frame
    /// - `grey`: the last frame, for its size; lent
    public Optional<CameraMotion> estimate(KltTracks tracks, Mat grey) {
        if (tracks.framesBack(0) == 0) {
            return Optional.empty();
        }
        int pairs = gather(tracks);
        if (pairs < MIN_CORNERS) {
            return tracks.trackedLast() < MIN_CORNERS ? Optional.of(CameraMotion.NONE) : Optional.empty();
        }
        return isStill(pairs) ? Optional.of(CameraMotion.NONE) : estimateHomography(pairs, grey);
    }

    private int gather(KltTracks tracks) {
        FloatBuffer starts = from.createBuffer();
        FloatBuffer ends = to.createBuffer();
        int kept = 0;
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (tracks.age(slot) > 0) {
                starts.put(tracks.x(slot, 1)).put(tracks.y(slot, 1));
                ends.put(tracks.x(slot, 0)).put(tracks.y(slot, 0));
                kept++;
            }
        }
        return kept;
    }

    /// Whether most corners did not move: then no motion is better than a noisy fit.
    private boolean isStill(int pairs) {
        FloatBuffer starts = from.createBuffer();
        FloatBuffer ends = to.createBuffer();
        int still = 0;
        for (int i = 0; i < pairs; i++) {
            double dx = ends.get(2 * i) - starts.get(2 * i);
            double dy = ends.get(2 * i + 1) - starts.get(2 * i + 1);
            still += Math.hypot(dx, dy) < STILL_PIXELS ? 1 : 0;
        }
        return still >= MIN_STILL_FRACTION * pairs;
    }

    private Optional<CameraMotion> estimateHomography(int pairs, Mat now) {
        try (Mat starts = from.rowRange(0, pairs);
                Mat ends = to.rowRange(0, pairs);
                Mat homography = opencv_calib3d.findHomography(
                        starts, ends, opencv_calib3d.RANSAC, OUTLIER_PIXELS, inliers, 500, 0.995)) {
            boolean agreed = !homography.empty() && opencv_core.countNonZero(inliers) >= MIN_INLIER_FRACTION * pairs;
            return agreed ? plausible(elements(homography), now) : Optional.empty();
        }
    }

    /// The motion, unless it is implausible between two frames.
    private static Optional<CameraMotion> plausible(List<Double> elements, Mat now) {
        if (!elements.stream().allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        var motion = new CameraMotion(elements);
        double x = now.cols() / 2.0;
        double y = now.rows() / 2.0;
        double shift = Math.hypot(motion.mapX(x, y) - x, motion.mapY(x, y) - y);
        double growth = motion.growthAt(x, y);
        boolean possible = shift < MAX_SHIFT_FRACTION * now.cols() && growth < MAX_GROWTH && growth > 1 / MAX_GROWTH;
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
        for (Mat mat : List.of(from, to, inliers)) {
            mat.close();
        }
    }
}
