package dev.aerie.vision.sam2;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.picture.BgrView;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;

/// Sees a picture once, for all objects.
///
/// The picture is stretched to a square, whatever its shape, as the model was trained. Owns the features of one picture
/// until [#close]; the network is lent. Used by one thread.
final class ImageEncoder implements AutoCloseable {

    /// Of the picture's channels as the network takes them: red, green, blue, 0..1.
    private static final double[] MEAN = {0.485, 0.456, 0.406};

    private static final double[] DEVIATION = {0.229, 0.224, 0.225};
    private static final double BRIGHTEST = 255;

    private final OnnxModel network;
    private final Size square;
    private final Room pixels;
    private final FrameFeatures features;
    private final Mat resized = new Mat();
    private final Mat channel = new Mat();
    private @Nullable FrameId seen;

    ImageEncoder(Networks networks) {
        this.network = networks.imageEncoder();
        Geometry geometry = networks.geometry();
        int side = geometry.sidePixels();
        square = new Size(side, side);
        pixels = Room.ofFloats(MEAN.length, side, side);
        features = FrameFeatures.allocate(geometry);
    }

    /// What there is to see in `frame`; lent until the next call. The picture that was seen last costs nothing.
    FrameFeatures encode(VideoFrame frame) throws ModelException {
        FrameId id = frame.stamp().id();
        if (id.equals(seen)) {
            return features;
        }
        seen = null;
        normalise(frame);
        try (var views = new Views()) {
            network.run(
                    Map.of("pixel_values", views.of(pixels, 1, MEAN.length, square.height(), square.width())),
                    Map.of(
                            "feat_s0", features.quarter(views),
                            "feat_s1", features.eighth(views),
                            "feat", features.coarse(views),
                            "feat_nomem", features.unremembering(views)));
        }
        seen = id;
        return features;
    }

    @Override
    public void close() {
        square.close();
        pixels.close();
        features.close();
        resized.close();
        channel.close();
    }

    /// Fills `pixels`: (value / 255 - mean) / deviation, channel by channel.
    private void normalise(VideoFrame frame) {
        try (var picture = new BgrView(frame)) {
            Mat whole = picture.mat();
            boolean shrinks = whole.cols() > square.width() && whole.rows() > square.height();
            int how = shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
            opencv_imgproc.resize(whole, resized, square, 0, 0, how);
        }
        int plane = square.width() * square.height();
        for (int c = 0; c < MEAN.length; c++) {
            opencv_core.extractChannel(resized, channel, MEAN.length - 1 - c);
            try (var values = new FloatPointer(pixels.floats(c, plane));
                    var target = new Mat(square, opencv_core.CV_32FC1, values)) {
                channel.convertTo(target, opencv_core.CV_32F, 1 / (BRIGHTEST * DEVIATION[c]), -MEAN[c] / DEVIATION[c]);
            }
        }
    }
}
