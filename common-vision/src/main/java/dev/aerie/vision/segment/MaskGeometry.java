package dev.aerie.vision.segment;

import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/// Position and size of an object in the working image.
///
/// - `left`, `top`, `right`, `bottom`: first and last column and row that it covers; `area`: in pixels
/// - `x`, `y`: centroid
record MaskGeometry(int left, int top, int right, int bottom, int area, double x, double y) {

    static final MaskGeometry NONE = new MaskGeometry(0, 0, 0, 0, 0, 0, 0);

    /// Of an 8-bit mask, not 0 on the object.
    static MaskGeometry of(Mat mask) {
        var measure = new Measure();
        var row = new byte[mask.cols()];
        ByteBuffer pixels = mask.createBuffer();
        for (int y = 0; y < mask.rows(); y++) {
            pixels.get(y * mask.cols(), row);
            measure.addRow(row, y);
        }
        return measure.result();
    }

    /// The same elsewhere, also beyond the image.
    MaskGeometry moved(double rightPixels, double downPixels) {
        int across = (int) Math.round(rightPixels);
        int down = (int) Math.round(downPixels);
        return new MaskGeometry(
                left + across, top + down, right + across, bottom + down, area, x + rightPixels, y + downPixels);
    }

    /// Whether the boxes overlap when both are larger by `margin` pixels to each side.
    boolean isNear(MaskGeometry other, double margin) {
        return Math.min(right, other.right) - Math.max(left, other.left) + 2 * margin >= 0
                && Math.min(bottom, other.bottom) - Math.max(top, other.top) + 2 * margin >= 0;
    }

    double side() {
        return Math.sqrt(area);
    }

    /// The part of its box that lies in an image of `size`, at least one pixel, in pixels.
    Window window(FrameSize size) {
        int fromX = Math.clamp(left, 0, size.widthPixels() - 1);
        int fromY = Math.clamp(top, 0, size.heightPixels() - 1);
        int width = Math.clamp(right + 1L - fromX, 1, size.widthPixels() - fromX);
        int height = Math.clamp(bottom + 1L - fromY, 1, size.heightPixels() - fromY);
        return new Window(fromX, fromY, width, height, width, height);
    }

    boolean isEmpty() {
        return area == 0;
    }

    private static final class Measure {

        private int left = Integer.MAX_VALUE;
        private int top = -1;
        private int right = -1;
        private int bottom = -1;
        private int area;
        private long sumX;
        private long sumY;

        void addRow(byte[] row, int y) {
            for (int x = 0; x < row.length; x++) {
                if (row[x] != 0) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = top < 0 ? y : top;
                    bottom = y;
                    area++;
                    sumX += x;
                    sumY += y;
                }
            }
        }

        MaskGeometry result() {
            return area == 0
                    ? NONE
                    : new MaskGeometry(left, top, right, bottom, area, (double) sumX / area, (double) sumY / area);
        }
    }
}
