package dev.aerie.vision.moving;

import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// The network that tells what moves from what the camera's own motion explains: features in, a probability for each
/// cell out. It comes with Aerie; `deploy/models/motion/README.md` is its model card.
///
/// Loaded once and run by any number of threads; whoever opened it closes it after the last run.
public final class MotionNetwork implements AutoCloseable {

    /// As messages and the setting name it.
    public static final String NAME = "motion_network";

    static final String INPUT = "features";
    static final String OUTPUT = "moves";
    static final TensorShape INPUT_SHAPE = TensorShape.of(1, MotionFeatures.CHANNELS, CellGrid.HEIGHT, CellGrid.WIDTH);
    static final TensorShape OUTPUT_SHAPE = TensorShape.of(1, 1, CellGrid.HEIGHT, CellGrid.WIDTH);

    private final OnnxModel model;

    private MotionNetwork(OnnxModel model) {
        this.model = model;
    }

    /// Opens it on the CPU, with one thread for a run: it is small, more would cost more than they gain.
    ///
    /// - `inferenceDevice`: of the networks beside it
    public static MotionNetwork open(InferenceDevice inferenceDevice) throws ModelException {
        String resource = NAME + ".onnx";
        try (InputStream in = MotionNetwork.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            var model = OnnxModel.open(Graph.of(NAME, in.readAllBytes()), inferenceDevice.onOneThread());
            return new MotionNetwork(model);
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    /// Counts of its runs.
    public ModelStatistics statistics() {
        return model.statistics();
    }

    /// - `features`: of [#INPUT_SHAPE]; `moves`: written, of [#OUTPUT_SHAPE]; both lent
    void run(Tensor features, Tensor moves) throws ModelException {
        model.runWithSampledCheck(Map.of(INPUT, features), Map.of(OUTPUT, moves));
    }

    @Override
    public void close() {
        model.close();
    }
}
