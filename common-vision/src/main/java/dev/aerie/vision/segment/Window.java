package dev.aerie.vision.segment;

import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/// A rectangle of the working image and its grid of cells.
///
/// - `left`, `top`, `width`, `height`: in pixels of the working image
/// - `columns`, `rows`: of the grid; a cell is a square of `1 / scale()` pixels
record Window(int left, int top, int width, int height, int columns, int rows) {

    private static final int MIN_CELLS = 24;

    /// The rectangle on a grid of `scale` cells per pixel along each side.
    Window atScale(double scale) {
        return new Window(
                left,
                top,
                width,
                height,
                Math.max(MIN_CELLS, (int) Math.round(width * scale)),
                Math.max(MIN_CELLS, (int) Math.round(height * scale)));
    }

    /// The rectangle on a grid of at most `maxCells`, and no finer than `scale` cells per pixel.
    Window within(double scale, double maxCells) {
        return atScale(Math.min(scale, Math.sqrt(maxCells / ((double) width * height))));
    }

    /// Cells per pixel along a row.
    double scaleX() {
        return (double) columns / width;
    }

    /// Cells per pixel along a column.
    double scaleY() {
        return (double) rows / height;
    }

    /// Cells per pixel, the mean of both directions.
    double scale() {
        return Math.sqrt(scaleX() * scaleY());
    }

    /// Column of the grid at which a column of the frame lies; both counted to the centres.
    double toColumn(double x) {
        return (x + 0.5 - left) * scaleX() - 0.5;
    }

    double toRow(double y) {
        return (y + 0.5 - top) * scaleY() - 0.5;
    }

    double toX(double column) {
        return (column + 0.5) / scaleX() - 0.5 + left;
    }

    double toY(double row) {
        return (row + 0.5) / scaleY() - 0.5 + top;
    }

    /// Crops and resizes `frame`, of the working size, to the grid; any depth and channels.
    Mat crop(Mat frame) {
        var cut = new Mat();
        try (var place = new Rect(left, top, width, height);
                var part = new Mat(frame, place);
                var size = new Size(columns, rows)) {
            int how = columns < width ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
            opencv_imgproc.resize(part, cut, size, 0, 0, how);
        }
        return cut;
    }
}
