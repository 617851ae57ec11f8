package dev.aerie.vision.segment;

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

    double side() {
        return Math.sqrt(area);
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
