package dev.aerie.vision.detect;

import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// A background model, warped with the camera's motion: for each pixel its mean, its mean absolute deviation and its
/// age in frames.
///
/// A pixel is foreground where no neighbour's mean explains it, so that an error of one pixel in the camera's motion
/// has no effect. Used by one thread; owns native memory. After: Yi et al. 2013, "Detection of moving objects with
/// non-stationary cameras in 5.8 ms"; the tolerance to neighbours and the mean absolute deviation are ours.
final class BackgroundModel implements AutoCloseable {

    private static final double MAX_AGE = 20;
    /// Age in frames from which on a pixel can be foreground.
    private static final double MIN_AGE = 3;
    /// Factor of the learning rate of the mean at foreground pixels.
    private static final double FOREGROUND_RATE_FACTOR = 0.25;
    /// Further factor for the deviation: passing traffic must not raise a pixel's deviation.
    private static final double FOREGROUND_DEVIATION_RATE_FACTOR = 0.25;
    private static final double CHANGED_GREY = 5;
    /// Frames after which unchanged foreground becomes background.
    private static final double STILL_FRAMES = 8;
    private static final double MIN_EXCESS_GREY = 10;
    private static final double EXCESS_PER_DEVIATION = 2.5;

    private final Mat neighbourhood = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, new Size(3, 3));
    private final CastShadows shadows = new CastShadows();
    private final Mat now = new Mat();
    private final Mat mean = new Mat();
    private final Mat deviation = new Mat();
    private final Mat age = new Mat();
    private final Mat rate = new Mat();
    private final Mat limit = new Mat();
    private final Mat scratch = new Mat();
    private final Mat difference = new Mat();
    private final Mat excess = new Mat();
    private final Mat foreground = new Mat();
    private final Mat known = new Mat();
    /// The foreground with shadows.
    private final Mat foregroundWithShadows = new Mat();
    private final Mat last = new Mat();
    /// For how many frames each pixel has not changed.
    private final Mat still = new Mat();

    /// Warps the model by `motion`, then learns `grey`; [#foreground] and [#excess] are of `grey` then.
    void learn(Mat grey, CameraMotion motion) {
        grey.convertTo(now, opencv_core.CV_32F);
        if (mean.empty()) {
            initialize();
        } else if (!motion.equals(CameraMotion.NONE)) {
            warp(motion);
        }
        segmentForeground();
        update();
    }

    /// Foreground mask: 8-bit, 255 or 0; lent until the next [#learn].
    Mat foreground() {
        return foreground;
    }

    /// Difference from the background in grey levels; lent until the next [#learn].
    Mat excess() {
        return excess;
    }

    void reset() {
        mean.release();
    }

    private void initialize() {
        now.copyTo(mean);
        fill(deviation, 0);
        fill(age, 0);
        fill(still, 0);
        now.copyTo(last);
    }

    private void fill(Mat target, double value) {
        target.create(now.rows(), now.cols(), opencv_core.CV_32FC1);
        try (var scalar = new Scalar(value)) {
            target.put(scalar);
        }
    }

    private void warp(CameraMotion motion) {
        for (Mat map : List.of(mean, deviation, age, still, last)) {
            motion.warp(map, scratch);
            scratch.copyTo(map);
        }
        forgetEdges();
    }

    /// Pixels at the edge of the warped frame are mixed with pixels outside it: they are relearned.
    private void forgetEdges() {
        try (var centre = new Point(-1, -1);
                var unseen = new Scalar(0)) {
            opencv_imgproc.erode(age, scratch, neighbourhood, centre, 1, opencv_core.BORDER_CONSTANT, unseen);
        }
        scratch.copyTo(age);
    }

    /// Marks pixels that differ from the neighbourhood's means by more than their usual deviation.
    private void segmentForeground() {
        opencv_imgproc.dilate(mean, limit, neighbourhood);
        opencv_core.subtract(now, limit, excess);
        opencv_imgproc.erode(mean, limit, neighbourhood);
        opencv_core.subtract(limit, now, difference);
        opencv_core.max(excess, difference, excess);
        deviation.convertTo(limit, opencv_core.CV_32F, EXCESS_PER_DEVIATION, MIN_EXCESS_GREY);
        opencv_core.compare(excess, limit, foreground, opencv_core.CMP_GT);
        try (var min = new Mat(1, 1, opencv_core.CV_64FC1, new Scalar(MIN_AGE))) {
            opencv_core.compare(age, min, known, opencv_core.CMP_GE);
        }
        opencv_core.bitwise_and(foreground, known, foreground);
        foreground.copyTo(foregroundWithShadows);
        shadows.remove(now, mean, foreground);
    }

    private void update() {
        age.convertTo(age, opencv_core.CV_32F, 1, 1);
        opencv_imgproc.threshold(age, age, MAX_AGE, 0, opencv_imgproc.THRESH_TRUNC);
        opencv_core.divide(1.0, age, rate);
        rate.convertTo(scratch, opencv_core.CV_32F, FOREGROUND_RATE_FACTOR, 0);
        scratch.copyTo(rate, foregroundWithShadows);
        approach(mean, now);
        opencv_core.absdiff(now, mean, limit);
        rate.convertTo(scratch, opencv_core.CV_32F, FOREGROUND_DEVIATION_RATE_FACTOR, 0);
        scratch.copyTo(rate, foregroundWithShadows);
        approach(deviation, limit);
        relearnStill();
    }

    /// Foreground that has not changed for a while becomes background: an object that left has uncovered it.
    private void relearnStill() {
        opencv_core.absdiff(now, last, difference);
        now.copyTo(last);
        still.convertTo(still, opencv_core.CV_32F, 1, 1);
        opencv_imgproc.threshold(difference, difference, CHANGED_GREY, 1, opencv_imgproc.THRESH_BINARY_INV);
        opencv_core.multiply(still, difference, still);
        try (var min = new Mat(1, 1, opencv_core.CV_64FC1, new Scalar(STILL_FRAMES))) {
            opencv_core.compare(still, min, known, opencv_core.CMP_GE);
        }
        opencv_core.bitwise_and(known, foregroundWithShadows, known);
        now.copyTo(mean, known);
    }

    /// Moves `map` towards `goal` by the rate of each pixel.
    private void approach(Mat map, Mat goal) {
        opencv_core.subtract(goal, map, difference);
        opencv_core.multiply(difference, rate, difference);
        opencv_core.add(map, difference, map);
    }

    @Override
    public void close() {
        shadows.close();
        for (Mat mat : List.of(
                neighbourhood,
                now,
                mean,
                deviation,
                age,
                rate,
                limit,
                scratch,
                difference,
                excess,
                foreground,
                known,
                foregroundWithShadows,
                last,
                still)) {
            mat.close();
        }
    }
}
