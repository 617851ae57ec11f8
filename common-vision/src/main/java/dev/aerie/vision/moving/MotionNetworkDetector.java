package dev.aerie.vision.moving;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.Tensor;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/// Detects what moves relative to the world, also from a moving camera and in depth, with [MotionNetwork]; without
/// classes. Finds nothing in the first three frames of a session or size.
public final class MotionNetworkDetector implements Detector {

    /// Chosen on videos, each without itself: docs/segmentation.md.
    private static final double LOW = 0.35;

    private static final double HIGH = 0.6;
    private static final int MIN_CELLS = 12;

    private final MotionNetwork network;
    private final int maxDetections;
    private final ShrunkFrames frames = new ShrunkFrames();
    private final MotionFeatures features = new MotionFeatures();
    private final CarriedProbabilities probabilities = new CarriedProbabilities();
    private final MovingRegions regions = new MovingRegions(LOW, HIGH, MIN_CELLS);
    private final ColouredRegions coloured = new ColouredRegions(LOW, MIN_CELLS);
    private final Tensor input = Tensor.allocate(ElementType.FLOAT32, MotionNetwork.INPUT_SHAPE);
    private final Tensor output = Tensor.allocate(ElementType.FLOAT32, MotionNetwork.OUTPUT_SHAPE);
    private @Nullable String session;
    private @Nullable FrameSize size;

    /// - `network`: lent, must outlive this
    /// - `maxDetections`: how many are reported at most
    public MotionNetworkDetector(MotionNetwork network, int maxDetections) {
        this.network = network;
        this.maxDetections = maxDetections;
    }

    @Override
    public DetectionResult detect(VideoFrame frame) throws ModelException {
        if (!frame.stamp().id().session().equals(session) || !frame.size().equals(size)) {
            session = frame.stamp().id().session();
            size = frame.size();
            frames.clear();
            probabilities.clear();
            coloured.clear();
        }
        frames.add(frame);
        Optional<Mat> oldest = frames.framesAgo(ShrunkFrames.OLDEST);
        if (oldest.isEmpty()) {
            return new DetectionResult(List.of(), Optional.empty());
        }
        Optional<double[]> homography = features.calculate(
                frames.framesAgo(0).orElseThrow(), frames.framesAgo(1).orElseThrow(), oldest.get(), input.floats());
        network.run(input, output);
        probabilities.mixInto(input.floats(), output.floats());
        var found =
                coloured.detect(regions.find(output.floats()), output.floats(), frames.colours(), frame.size()).stream()
                        .limit(maxDetections)
                        .toList();
        var camera = MotionFeatures.cameraMotion(
                homography, frame.size().widthPixels(), frame.size().heightPixels());
        return new DetectionResult(found, camera);
    }

    @Override
    public String name() {
        return MotionNetwork.NAME;
    }

    @Override
    public void close() {
        frames.close();
        features.close();
        probabilities.close();
        regions.close();
        coloured.close();
        input.close();
        output.close();
    }
}
