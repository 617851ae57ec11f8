package dev.aerie.vision.text;

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

/// Frames as Grounding DINO takes them: the shorter side 800 pixels, the longer at most 1333, red, green, blue less
/// the mean of ImageNet over its deviation.
final class DinoImage {

    private static final double SHORTER_SIDE = 800;
    private static final double MAX_LONGER_SIDE = 1333;
    private static final int CHANNELS = 3;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final float WHITE = 255;

    private DinoImage() {}

    /// 1 × 3 × height × width, float32; whoever asks closes it.
    static Tensor tensor(VideoFrame frame) {
        double width = frame.size().widthPixels();
        double height = frame.size().heightPixels();
        double scale = Math.min(SHORTER_SIDE / Math.min(width, height), MAX_LONGER_SIDE / Math.max(width, height));
        try (var image = new BgrView(frame);
                var size = new Size((int) Math.round(width * scale), (int) Math.round(height * scale));
                var sized = new Mat()) {
            opencv_imgproc.resize(image.mat(), sized, size, 0, 0, opencv_imgproc.INTER_LINEAR);
            var shape = TensorShape.of(1, CHANNELS, sized.rows(), sized.cols());
            var tensor = Tensor.allocate(ElementType.FLOAT32, shape);
            fill(tensor.floats(), sized.createBuffer(), sized.rows() * sized.cols());
            return tensor;
        }
    }

    private static void fill(FloatBuffer planes, ByteBuffer bgr, int pixels) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            int inBgr = CHANNELS - 1 - channel;
            for (int i = 0; i < pixels; i++) {
                float share = (bgr.get(i * CHANNELS + inBgr) & 0xff) / WHITE;
                planes.put(channel * pixels + i, (share - MEAN[channel]) / DEVIATION[channel]);
            }
        }
    }
}
