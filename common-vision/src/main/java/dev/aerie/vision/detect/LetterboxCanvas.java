package dev.aerie.vision.detect;

import dev.aerie.video.FrameSize;
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

/// Draws frames into a model's input, as three planes.
///
/// Owns its scratch memory; the tensor it draws into is lent and must outlive it.
final class LetterboxCanvas implements AutoCloseable {

    private static final double PADDING_GREY = 114;

    private final FrameSize size;
    private final InputSpec inputSpec;
    private final Mat canvas;
    private final Mat channel = new Mat();
    private final List<FloatPointer> planePixels = new ArrayList<>();
    private final List<Mat> planes = new ArrayList<>();

    /// Input format of a model.
    ///
    /// - `redFirst`: red, green, blue; else blue, green, red
    /// - `scale`: of a pixel's 0..255
    record InputSpec(ResizeMode resizeMode, boolean redFirst, double scale) {}

    /// - `input`: N × 3 × height × width of `size`
    /// - `index`: which of the N
    LetterboxCanvas(Tensor input, int index, FrameSize size, InputSpec inputSpec) {
        this.size = size;
        this.inputSpec = inputSpec;
        canvas = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC3);
        int planeElements = size.widthPixels() * size.heightPixels();
        for (int i = 0; i < 3; i++) {
            var pixels = new FloatPointer(input.floats().slice((3 * index + i) * planeElements, planeElements));
            planePixels.add(pixels);
            planes.add(new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_32FC1, pixels));
        }
    }

    /// Fills the tensor with `frame`; returns its position.
    Letterbox draw(VideoFrame frame) {
        var letterbox = new Letterbox(frame.size(), size, inputSpec.resizeMode());
        var covered = letterbox.covered();
        try (var grey = new Scalar(PADDING_GREY, PADDING_GREY, PADDING_GREY, 0);
                var area = new Rect(
                        letterbox.leftPixels(), letterbox.topPixels(), covered.widthPixels(), covered.heightPixels());
                var target = new Mat(canvas, area);
                var covers = target.size();
                var image = new BgrView(frame)) {
            canvas.put(grey);
            opencv_imgproc.resize(image.mat(), target, covers, 0, 0, opencv_imgproc.INTER_LINEAR);
        }
        for (int i = 0; i < planes.size(); i++) {
            opencv_core.extractChannel(canvas, channel, inputSpec.redFirst() ? 2 - i : i);
            channel.convertTo(planes.get(i), opencv_core.CV_32F, inputSpec.scale(), 0);
        }
        return letterbox;
    }

    @Override
    public void close() {
        planes.forEach(Mat::close);
        planePixels.forEach(FloatPointer::close);
        channel.close();
        canvas.close();
    }
}
