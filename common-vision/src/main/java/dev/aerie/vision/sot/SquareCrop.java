package dev.aerie.vision.sot;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.BgrView;
import dev.aerie.vision.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// Cuts a square out of frames into a network's input, as three planes of blue, green and red, 0..255; what lies
/// outside the frame has one colour. Owns its scratch memory and lends the tensor; used by one thread.
final class SquareCrop implements AutoCloseable {

    private final Tensor tensor;
    private final Size sides;
    private final Mat square = new Mat();
    private final Mat scaled = new Mat();
    private final Mat channel = new Mat();
    private final List<FloatPointer> planePixels = new ArrayList<>();
    private final List<Mat> planes = new ArrayList<>();

    /// - `tensor`: 1 × 3 × `sidePixels` × `sidePixels`, kept but not owned
    SquareCrop(Tensor tensor, int sidePixels) {
        this.tensor = tensor;
        this.sides = new Size(sidePixels, sidePixels);
        int planeElements = sidePixels * sidePixels;
        for (int i = 0; i < 3; i++) {
            var pixels = new FloatPointer(tensor.floats().slice(i * planeElements, planeElements));
            planePixels.add(pixels);
            planes.add(new Mat(sidePixels, sidePixels, opencv_core.CV_32FC1, pixels));
        }
    }

    /// The mean colour of a frame.
    static Scalar meanColour(VideoFrame frame) {
        try (var image = new BgrView(frame)) {
            return opencv_core.mean(image.mat());
        }
    }

    /// Fills the tensor with the square of `cropPixels` round a point of the frame; returns the tensor.
    Tensor draw(VideoFrame frame, double centreX, double centreY, double cropPixels, Scalar outside) {
        int crop = Math.max(1, (int) Math.round(cropPixels));
        int left = (int) Math.floor(centreX - (crop + 1) / 2.0 + 0.5);
        int top = (int) Math.floor(centreY - (crop + 1) / 2.0 + 0.5);
        try (var image = new BgrView(frame)) {
            copy(image.mat(), left, top, crop, outside);
        }
        opencv_imgproc.resize(square, scaled, sides, 0, 0, opencv_imgproc.INTER_LINEAR);
        for (int i = 0; i < planes.size(); i++) {
            opencv_core.extractChannel(scaled, channel, i);
            channel.convertTo(planes.get(i), opencv_core.CV_32F);
        }
        return tensor;
    }

    private void copy(Mat image, int left, int top, int crop, Scalar outside) {
        square.create(crop, crop, opencv_core.CV_8UC3);
        square.put(outside);
        int fromX = Math.max(0, left);
        int fromY = Math.max(0, top);
        int width = Math.min(image.cols(), left + crop) - fromX;
        int height = Math.min(image.rows(), top + crop) - fromY;
        if (width <= 0 || height <= 0) {
            return;
        }
        try (var from = new Rect(fromX, fromY, width, height);
                var to = new Rect(fromX - left, fromY - top, width, height);
                var source = new Mat(image, from);
                var target = new Mat(square, to)) {
            source.copyTo(target);
        }
    }

    @Override
    public void close() {
        planes.forEach(Mat::close);
        planePixels.forEach(FloatPointer::close);
        channel.close();
        scaled.close();
        square.close();
        sides.close();
    }
}
