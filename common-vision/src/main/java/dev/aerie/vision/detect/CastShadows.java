package dev.aerie.vision.detect;

import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Removes the cast shadows of moving objects from the foreground: a shadow darkens its background by one factor and
/// keeps the texture.
///
/// Used by one thread; owns native memory. After: Cucchiara et al. 2003, its brightness ratio, judged over a
/// neighbourhood instead of by colour.
final class CastShadows implements AutoCloseable {

    private static final double DARKEST_RATIO = 0.4;
    private static final double BRIGHTEST_RATIO = 0.93;
    /// Of the ratio over a neighbourhood: its standard deviation, squared.
    private static final double MAX_VARIANCE = 0.05 * 0.05;
    private static final int NEIGHBOURHOOD_PIXELS = 5;
    private static final int RIM_PIXELS = 7;

    private final Size neighbourhood = new Size(NEIGHBOURHOOD_PIXELS, NEIGHBOURHOOD_PIXELS);
    private final Mat speck = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, new Size(3, 3));
    private final Mat rim =
            opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_ELLIPSE, new Size(RIM_PIXELS, RIM_PIXELS));
    private final Mat ratio = new Mat();
    private final Mat mean = new Mat();
    private final Mat square = new Mat();
    private final Mat darker = new Mat();
    private final Mat even = new Mat();

    /// Removes the shadows from `foreground`.
    ///
    /// - `now`, `background`: grey levels, 32-bit, lent
    /// - `foreground`: 8-bit, 255 or 0; changed
    void remove(Mat now, Mat background, Mat foreground) {
        background.convertTo(mean, opencv_core.CV_32F, 1, 1);
        opencv_core.divide(now, mean, ratio);
        opencv_imgproc.blur(ratio, mean, neighbourhood);
        opencv_core.multiply(ratio, ratio, square);
        opencv_imgproc.blur(square, square, neighbourhood);
        opencv_core.multiply(mean, mean, mean);
        opencv_core.subtract(square, mean, square);
        within(ratio, DARKEST_RATIO, BRIGHTEST_RATIO, darker);
        within(square, -1, MAX_VARIANCE, even);
        opencv_core.bitwise_and(even, darker, even);
        opencv_core.bitwise_and(even, foreground, even);
        opencv_imgproc.morphologyEx(even, even, opencv_imgproc.MORPH_OPEN, speck);
        opencv_imgproc.dilate(even, even, rim);
        within(ratio, DARKEST_RATIO, 1, darker);
        opencv_core.bitwise_and(even, darker, even);
        opencv_core.bitwise_not(even, even);
        opencv_core.bitwise_and(foreground, even, foreground);
    }

    private static void within(Mat values, double min, double max, Mat result) {
        try (var low = new Mat(1, 1, opencv_core.CV_64FC1, new Scalar(min));
                var high = new Mat(1, 1, opencv_core.CV_64FC1, new Scalar(max))) {
            opencv_core.inRange(values, low, high, result);
        }
    }

    @Override
    public void close() {
        neighbourhood.close();
        for (Mat mat : List.of(speck, rim, ratio, mean, square, darker, even)) {
            mat.close();
        }
    }
}
