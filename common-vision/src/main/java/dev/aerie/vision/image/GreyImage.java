package dev.aerie.vision.image;

import dev.aerie.video.VideoFrame;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// A small grey copy of frames for motion detection: one matrix, refilled by each frame.
///
/// Each small pixel is the mean of a square of the frame's. Owns native memory.
public final class GreyImage implements AutoCloseable {

    private static final Size SMOOTHING = new Size(3, 3);

    private final int longestSidePixels;
    private final Mat smallBgr = new Mat();
    private final Mat grey = new Mat();
    private double shrink = 1;

    /// - `longestSidePixels`: that no small frame exceeds
    public GreyImage(int longestSidePixels) {
        this.longestSidePixels = longestSidePixels;
    }

    /// Fills [#mat] with `frame`, shrunk, grey and slightly smoothed.
    public void fill(VideoFrame frame) {
        int longest = Math.max(frame.size().widthPixels(), frame.size().heightPixels());
        shrink = Math.max(1, longest / (double) longestSidePixels);
        int width = Math.max(1, (int) Math.round(frame.size().widthPixels() / shrink));
        int height = Math.max(1, (int) Math.round(frame.size().heightPixels() / shrink));
        try (var image = new BgrView(frame);
                var size = new Size(width, height)) {
            if (shrink == 1) {
                opencv_imgproc.cvtColor(image.mat(), grey, opencv_imgproc.COLOR_BGR2GRAY);
            } else {
                opencv_imgproc.resize(image.mat(), smallBgr, size, 0, 0, opencv_imgproc.INTER_AREA);
                opencv_imgproc.cvtColor(smallBgr, grey, opencv_imgproc.COLOR_BGR2GRAY);
            }
        }
        opencv_imgproc.GaussianBlur(grey, grey, SMOOTHING, 0, 0, opencv_core.BORDER_REPLICATE, 0);
    }

    /// Rows × columns, 8-bit grey; lent until the next [#fill].
    public Mat mat() {
        return grey;
    }

    /// How many pixels of the frame one small pixel covers along each side.
    public double shrink() {
        return shrink;
    }

    @Override
    public void close() {
        smallBgr.close();
        grey.close();
    }
}
