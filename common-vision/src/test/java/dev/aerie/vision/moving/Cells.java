package dev.aerie.vision.moving;

import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Probabilities and pictures that a test draws on the cells of a frame.
final class Cells {

    private final FloatBuffer probability = FloatBuffer.allocate(CellGrid.CELLS);

    /// The index of a cell.
    static int at(int column, int row) {
        return row * CellGrid.WIDTH + column;
    }

    /// A picture of one colour with a rectangle of another, 8-bit BGR; whoever asks closes it.
    static Mat picture(int[] colour, int left, int top, int columns, int rows, int[] inside) {
        try (var back = new Scalar(colour[0], colour[1], colour[2], 0);
                var front = new Scalar(inside[0], inside[1], inside[2], 0);
                var place = new Rect(left, top, columns, rows)) {
            var picture = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_8UC3, back);
            opencv_imgproc.rectangle(picture, place, front, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
            return picture;
        }
    }

    FloatBuffer probability() {
        return probability;
    }

    Cells fill(int column, int row, int columns, int rows, float value) {
        for (int y = row; y < row + rows; y++) {
            for (int x = column; x < column + columns; x++) {
                probability.put(at(x, y), value);
            }
        }
        return this;
    }
}
