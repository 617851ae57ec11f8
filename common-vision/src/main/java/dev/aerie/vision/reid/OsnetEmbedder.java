package dev.aerie.vision.reid;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Embeddings of people by OSNet: the crop of a person, 256 × 128, as 512 numbers.
///
/// Source: Omni-Scale Feature Learning (Zhou et al. 2019); input as torchreid prepares it: red, green, blue, with the
/// mean and deviation of ImageNet.
public final class OsnetEmbedder implements Embedder {

    /// As the manifest of models names it.
    public static final String MODEL = "osnet_x0_25_msmt17";

    private static final int HEIGHT = 256;
    private static final int WIDTH = 128;
    private static final int DIMENSIONS = 512;
    private static final int PLANE = HEIGHT * WIDTH;

    /// Of red, green and blue, in 0..1.
    private static final double[] MEAN = {0.485, 0.456, 0.406};

    private static final double[] DEVIATION = {0.229, 0.224, 0.225};
    private static final double LEVELS = 255;
    private static final int DIGEST_LETTERS = 12;

    private final OnnxModel model;
    private final String input;
    private final String output;
    private final Size size = new Size(WIDTH, HEIGHT);
    private final Mat scaled = new Mat();
    private final Mat channel = new Mat();

    /// - `model`: lent, must outlive this
    /// - throws [ModelException] if it is another network
    public OsnetEmbedder(OnnxModel model) throws ModelException {
        this.model = model;
        this.input = model.inputs().keySet().iterator().next();
        this.output = model.outputs().keySet().iterator().next();
        model.require(input, TensorShape.of(1, 3, HEIGHT, WIDTH), output, TensorShape.of(1, DIMENSIONS));
    }

    @Override
    public List<Embedding> embed(VideoFrame frame, List<Box> boxes) throws ModelException {
        if (boxes.isEmpty()) {
            return List.of();
        }
        try (var images = Tensor.allocate(ElementType.FLOAT32, TensorShape.of(boxes.size(), 3, HEIGHT, WIDTH))) {
            for (int i = 0; i < boxes.size(); i++) {
                draw(frame, boxes.get(i), images.floats().slice(3 * PLANE * i, 3 * PLANE));
            }
            try (var results = model.runWithFullCheck(Map.of(input, images), Set.of(output))) {
                return split(results.get(output).floats(), boxes.size());
            }
        }
    }

    private static List<Embedding> split(FloatBuffer values, int count) {
        var embeddings = new ArrayList<Embedding>();
        for (int i = 0; i < count; i++) {
            var one = new float[DIMENSIONS];
            values.get(i * DIMENSIONS, one);
            embeddings.add(Embedding.of(one));
        }
        return embeddings;
    }

    private void draw(VideoFrame frame, Box box, FloatBuffer image) {
        ObjectCrop.of(frame.size(), box).scale(frame, scaled, size, opencv_imgproc.INTER_LINEAR);
        for (int i = 0; i < 3; i++) {
            opencv_core.extractChannel(scaled, channel, 2 - i);
            try (var pixels = new FloatPointer(image.slice(i * PLANE, PLANE));
                    var plane = new Mat(HEIGHT, WIDTH, opencv_core.CV_32FC1, pixels)) {
                channel.convertTo(plane, opencv_core.CV_32F, 1 / (LEVELS * DEVIATION[i]), -MEAN[i] / DEVIATION[i]);
            }
        }
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public String name() {
        return MODEL + "-" + model.digest().hex().substring(0, DIGEST_LETTERS);
    }

    /// Closes its own memory; the model stays open.
    @Override
    public void close() {
        channel.close();
        scaled.close();
        size.close();
    }
}
