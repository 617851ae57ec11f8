package dev.aerie.vision.detect;

import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.picture.BgrView;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Draws pictures into a model's input: letterboxed, as three planes blue, green, red of 0..255, not normalised.
///
/// Owns its scratch memory; the tensor it draws into is lent and must outlive it.
final class LetterboxCanvas implements AutoCloseable {

    private static final double PADDING_GREY = 114;

    private final int sidePixels;
    private final Mat canvas;
    private final Mat channel = new Mat();
    private final List<FloatPointer> planePixels = new ArrayList<>();
    private final List<Mat> planes = new ArrayList<>();

    /// - `input`: 1 × 3 × `sidePixels` × `sidePixels`
    LetterboxCanvas(Tensor input, int sidePixels) {
        this.sidePixels = sidePixels;
        canvas = new Mat(sidePixels, sidePixels, opencv_core.CV_8UC3);
        int planeElements = sidePixels * sidePixels;
        for (int i = 0; i < 3; i++) {
            var pixels = new FloatPointer(input.floats().slice(i * planeElements, planeElements));
            planePixels.add(pixels);
            planes.add(new Mat(sidePixels, sidePixels, opencv_core.CV_32FC1, pixels));
        }
    }

    /// Fills the tensor with `frame`; returns where it lies in it.
    Letterbox draw(VideoFrame frame) {
        var letterbox = new Letterbox(frame.size(), sidePixels);
        var covered = letterbox.covered();
        try (var grey = new Scalar(PADDING_GREY, PADDING_GREY, PADDING_GREY, 0);
                var area = new Rect(0, 0, covered.widthPixels(), covered.heightPixels());
                var target = new Mat(canvas, area);
                var size = target.size();
                var picture = new BgrView(frame)) {
            canvas.put(grey);
            opencv_imgproc.resize(picture.mat(), target, size, 0, 0, opencv_imgproc.INTER_LINEAR);
        }
        for (int i = 0; i < planes.size(); i++) {
            opencv_core.extractChannel(canvas, channel, i);
            channel.convertTo(planes.get(i), opencv_core.CV_32F);
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
