package dev.aerie.vision.text;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// How frames of one size are laid out for Grounding DINO: the shorter side 800 pixels, the longer at most 1333; for a
/// model of one size in the upper left corner of its canvas, and no larger than it. Red, green, blue less the mean of
/// ImageNet over its deviation; the rest of the canvas is 0.
///
/// - `rows`, `columns`: of the frame, shrunk or enlarged
/// - `canvasRows`, `canvasColumns`: of the model's input
record DinoImage(int rows, int columns, int canvasRows, int canvasColumns) {

    private static final double SHORTER_SIDE = 800;
    private static final double MAX_LONGER_SIDE = 1333;
    private static final int CHANNELS = 3;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final float WHITE = 255;

    /// For a model that takes any size.
    static DinoImage of(FrameSize frame) {
        double scale = scale(frame);
        int rows = (int) Math.round(frame.heightPixels() * scale);
        int columns = (int) Math.round(frame.widthPixels() * scale);
        return new DinoImage(rows, columns, rows, columns);
    }

    /// For a model of one size.
    static DinoImage within(FrameSize frame, int canvasRows, int canvasColumns) {
        double fitting =
                Math.min((double) canvasRows / frame.heightPixels(), (double) canvasColumns / frame.widthPixels());
        double scale = Math.min(scale(frame), fitting);
        return new DinoImage(
                (int) Math.round(frame.heightPixels() * scale),
                (int) Math.round(frame.widthPixels() * scale),
                canvasRows,
                canvasColumns);
    }

    /// 1 × 3 × height × width of the canvas, float32; whoever asks closes it.
    ///
    /// - `frame`: of the size that this was made for
    Tensor tensor(VideoFrame frame) {
        try (var image = new BgrView(frame);
                var size = new Size(columns, rows);
                var sized = new Mat()) {
            opencv_imgproc.resize(image.mat(), sized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            var tensor = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(1, CHANNELS, canvasRows, canvasColumns));
            fill(tensor.floats(), sized.createBuffer());
            return tensor;
        }
    }

    /// 1 × height × width of the canvas, int64, 1 where the frame is; whoever asks closes it.
    Tensor mask() {
        var tensor = Tensor.allocate(ElementType.INT64, TensorShape.of(1, canvasRows, canvasColumns));
        var numbers = tensor.longs();
        for (int row = 0; row < canvasRows; row++) {
            for (int column = 0; column < canvasColumns; column++) {
                numbers.put(row * canvasColumns + column, row < rows && column < columns ? 1 : 0);
            }
        }
        return tensor;
    }

    private void fill(FloatBuffer planes, ByteBuffer bgr) {
        int canvasPixels = canvasRows * canvasColumns;
        for (int channel = 0; channel < CHANNELS; channel++) {
            int inBgr = CHANNELS - 1 - channel;
            for (int row = 0; row < canvasRows; row++) {
                for (int column = 0; column < canvasColumns; column++) {
                    int at = channel * canvasPixels + row * canvasColumns + column;
                    boolean isFrame = row < rows && column < columns;
                    planes.put(at, isFrame ? normal(bgr, (row * columns + column) * CHANNELS + inBgr, channel) : 0);
                }
            }
        }
    }

    private static float normal(ByteBuffer bgr, int at, int channel) {
        return ((bgr.get(at) & 0xff) / WHITE - MEAN[channel]) / DEVIATION[channel];
    }

    private static double scale(FrameSize frame) {
        double width = frame.widthPixels();
        double height = frame.heightPixels();
        return Math.min(SHORTER_SIDE / Math.min(width, height), MAX_LONGER_SIDE / Math.max(width, height));
    }
}
