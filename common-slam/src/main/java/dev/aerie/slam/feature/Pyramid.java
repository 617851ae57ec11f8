package dev.aerie.slam.feature;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/// A frame in all sizes of [ScaleLevels], sharp and blurred, as matrices and as Java arrays with one common
/// stride.
///
/// Owns native memory.
final class Pyramid implements AutoCloseable {

    private static final Size BLUR = new Size(7, 7);
    private static final double BLUR_SIGMA = 2;

    /// Isolated: what lies beside a level in its storage is no part of the frame.
    private static final int BORDER = opencv_core.BORDER_REFLECT_101 | opencv_core.BORDER_ISOLATED;

    private final int stride;
    private final List<Mat> storage = new ArrayList<>();
    private final List<Mat> levels = new ArrayList<>();
    private final List<Mat> blurred = new ArrayList<>();
    private final List<Size> sizes = new ArrayList<>();
    private final byte[][] sharpPixels = new byte[ScaleLevels.COUNT][];
    private final byte[][] smoothPixels = new byte[ScaleLevels.COUNT][];

    Pyramid(int widthPixels, int heightPixels) {
        stride = widthPixels;
        for (int level = 0; level < ScaleLevels.COUNT; level++) {
            int width = (int) Math.round(widthPixels / ScaleLevels.scale(level));
            int height = (int) Math.round(heightPixels / ScaleLevels.scale(level));
            sizes.add(new Size(width, height));
            levels.add(matrix(width, height));
            blurred.add(matrix(width, height));
            sharpPixels[level] = new byte[stride * height];
            smoothPixels[level] = new byte[stride * height];
        }
    }

    /// A matrix whose rows lie [#stride] bytes apart.
    @SuppressWarnings("MustBeClosedChecker") // close() frees it
    private Mat matrix(int width, int height) {
        var whole = new Mat(height, stride, opencv_core.CV_8UC1);
        storage.add(whole);
        try (var submap = new Rect(0, 0, width, height)) {
            return new Mat(whole, submap);
        }
    }

    /// Takes a frame: 8-bit grey, of the size given to the constructor, lent.
    void fill(Mat grey) {
        grey.copyTo(levels.getFirst());
        for (int level = 1; level < ScaleLevels.COUNT; level++) {
            opencv_imgproc.resize(
                    levels.get(level - 1), levels.get(level), sizes.get(level), 0, 0, opencv_imgproc.INTER_LINEAR);
        }
        for (int level = 0; level < ScaleLevels.COUNT; level++) {
            opencv_imgproc.GaussianBlur(levels.get(level), blurred.get(level), BLUR, BLUR_SIGMA, BLUR_SIGMA, BORDER, 0);
            copy(levels.get(level), sharpPixels[level]);
            copy(blurred.get(level), smoothPixels[level]);
        }
    }

    private static void copy(Mat from, byte[] to) {
        try (var pixels = from.data()) {
            pixels.get(to, 0, to.length);
        }
    }

    int stride() {
        return stride;
    }

    int width(int level) {
        return sizes.get(level).width();
    }

    int height(int level) {
        return sizes.get(level).height();
    }

    /// Rows × columns, 8-bit grey; lent until the next [#fill].
    Mat level(int level) {
        return levels.get(level);
    }

    byte[] sharp(int level) {
        return sharpPixels[level];
    }

    byte[] smooth(int level) {
        return smoothPixels[level];
    }

    @Override
    public void close() {
        levels.forEach(Mat::close);
        blurred.forEach(Mat::close);
        storage.forEach(Mat::close);
        sizes.forEach(Size::close);
    }
}
