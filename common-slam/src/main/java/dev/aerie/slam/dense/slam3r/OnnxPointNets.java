package dev.aerie.slam.dense.slam3r;

import static java.util.Objects.requireNonNull;

import dev.aerie.slam.dense.DenseView;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.Tensors;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// SLAM3R's networks as ONNX graphs of Aerie's own definition, with the publisher's weights. Owns them until [#close].
public final class OnnxPointNets implements PointNets {

    /// The model of frames to points, and that of points to the world; both are needed.
    public static final String IMAGES_TO_POINTS = "slam3r_i2p";

    public static final String LOCAL_TO_WORLD = "slam3r_l2w";

    private static final String ENCODER = "encoder";
    private static final String WINDOW = "window";
    private static final String KEYFRAME = "keyframe";
    private static final String RETRIEVAL = "retrieval";
    private static final String REGISTRATION = "registration";
    private static final String POINTS = "points";
    private static final String CONFIDENCE = "confidence";
    private static final long ALIGNMENT_BYTES = 64;

    /// The graphs, and the fraction of the GPU memory that each may take.
    private static final Map<String, Double> SHARES =
            Map.of(ENCODER, 0.35, WINDOW, 0.2, KEYFRAME, 0.15, RETRIEVAL, 0.1, REGISTRATION, 0.2);

    private final int side;
    private final int tokens;
    private final int width;
    private final Map<String, OnnxModel> graphs;

    private OnnxPointNets(int side, Map<String, OnnxModel> graphs) {
        this.side = side;
        this.graphs = graphs;
        var shape = requireNonNull(graph(ENCODER).outputs().get("tokens_i2p")).shape();
        this.tokens = Math.toIntExact(shape.dimensions().get(1));
        this.width = Math.toIntExact(shape.dimensions().get(2));
    }

    /// Opens the installed weights; throws [ModelException], which names the licence, where they are not installed.
    public static OnnxPointNets openInstalled(ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        for (String name : List.of(IMAGES_TO_POINTS, LOCAL_TO_WORLD)) {
            Model model = models.manifest().find(name).orElseThrow();
            if (models.installed(model).isEmpty()) {
                throw new ModelException("no %s is installed in %s; fetch the publisher's model.safetensors, then"
                                .formatted(name, models.directory())
                        + " ./aerie models import model.safetensors --as " + name + "; its licence: "
                        + model.terms().orElse(model.licence()));
            }
        }
        return open(
                ModelGraphs.find(IMAGES_TO_POINTS).orElseThrow(),
                ModelGraphs.find(LOCAL_TO_WORLD).orElseThrow(),
                models.directory(),
                inferenceDevice);
    }

    /// - `weights`: the folder of both weights files
    /// - throws [ModelException] if a graph cannot be opened or the device is not available
    public static OnnxPointNets open(
            ModelGraphs imagesToPoints, ModelGraphs localToWorld, Path weights, InferenceDevice inferenceDevice)
            throws ModelException {
        int side = imagesToPoints.sizes().getFirst();
        var graphs = new LinkedHashMap<String, OnnxModel>();
        try {
            for (String name : List.of(ENCODER, WINDOW, KEYFRAME, RETRIEVAL, REGISTRATION)) {
                var source = name.equals(REGISTRATION) ? localToWorld : imagesToPoints;
                var graph = Graph.withWeightsIn(weights, "slam3r/" + name, source.graph(side, name));
                graphs.put(name, OnnxModel.open(graph, inferenceDevice.memoryFraction(SHARES.getOrDefault(name, 1.0))));
            }
            return new OnnxPointNets(side, graphs);
        } catch (ModelException | RuntimeException e) {
            graphs.values().forEach(OnnxModel::close);
            throw e;
        }
    }

    @Override
    public int sidePixels() {
        return side;
    }

    @Override
    public SceneFrame encode(DenseView square) {
        try (var inputs = new Inputs();
                var found = run(ENCODER, inputs.add("picture", ElementType.UINT8, rgb(square), 1, side, side, 3))) {
            var frame = new SceneFrame(square, tokens * width);
            frame.windowTokens().put(found.get("tokens_i2p").floats());
            frame.worldTokens().put(found.get("tokens_l2w").floats());
            return frame;
        }
    }

    private static ByteBuffer rgb(DenseView square) {
        int pixels = square.camera().widthPixels() * square.camera().heightPixels();
        var bytes = ByteBuffer.allocate(3 * pixels);
        for (int pixel = 0; pixel < pixels; pixel++) {
            int colour = square.colours().at(pixel);
            bytes.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        return bytes.flip();
    }

    @Override
    public List<PointMap> window(SceneFrame keyframe, List<SceneFrame> others) {
        try (var inputs = new Inputs();
                var found = run(
                        WINDOW,
                        inputs.tokens("keyframe", List.of(keyframe), SceneFrame::windowTokens)
                                .tokens("others", others, SceneFrame::windowTokens))) {
            return maps(found);
        }
    }

    @Override
    public PointMap keyframe(SceneFrame keyframe, List<SceneFrame> others) {
        try (var inputs = new Inputs();
                var found = run(
                        KEYFRAME,
                        inputs.tokens("keyframe", List.of(keyframe), SceneFrame::windowTokens)
                                .tokens("others", others, SceneFrame::windowTokens))) {
            return maps(found).getFirst();
        }
    }

    @Override
    public double[] correlations(SceneFrame frame, List<SceneFrame> scene) {
        try (var inputs = new Inputs();
                var found = run(
                        RETRIEVAL,
                        inputs.tokens("new", List.of(frame), SceneFrame::windowTokens)
                                .tokens("scene", scene, SceneFrame::windowTokens))) {
            var values = found.get("correlation").floats();
            double[] correlations = new double[values.remaining()];
            for (int i = 0; i < correlations.length; i++) {
                correlations[i] = values.get(i);
            }
            return correlations;
        }
    }

    @Override
    public PointMap registration(List<SceneFrame> scene, SceneFrame frame, PointMap local) {
        try (var inputs = new Inputs();
                var found = run(
                        REGISTRATION,
                        inputs.tokens("scene", scene, SceneFrame::worldTokens)
                                .floats("scene_points", scene, SceneFrame::points, side, side, 3)
                                .tokens("new", List.of(frame), SceneFrame::worldTokens)
                                .floats(
                                        "new_points",
                                        List.of(local),
                                        map -> FloatBuffer.wrap(map.points()),
                                        side,
                                        side,
                                        3))) {
            return maps(found).getFirst();
        }
    }

    private List<PointMap> maps(Tensors found) {
        FloatBuffer points = found.get(POINTS).floats();
        FloatBuffer confidences = found.get(CONFIDENCE).floats();
        List<PointMap> maps = new ArrayList<>();
        while (confidences.hasRemaining()) {
            float[] ofOne = new float[3 * side * side];
            float[] sureness = new float[side * side];
            points.get(ofOne);
            confidences.get(sureness);
            maps.add(new PointMap(ofOne, sureness));
        }
        return maps;
    }

    private Tensors run(String name, Inputs inputs) {
        try {
            return graph(name)
                    .runWithFullCheck(
                            inputs.tensors.asMap(),
                            Set.copyOf(graph(name).outputs().keySet()));
        } catch (ModelException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private OnnxModel graph(String name) {
        return requireNonNull(graphs.get(name), name);
    }

    @Override
    public void close() {
        graphs.values().forEach(OnnxModel::close);
    }

    /// The inputs of one run, in native memory that is freed with them.
    private final class Inputs implements AutoCloseable {

        private final Arena arena = Arena.ofConfined();
        private final Tensors tensors = new Tensors();

        Inputs tokens(String name, List<SceneFrame> frames, Function<SceneFrame, FloatBuffer> part) {
            return floats(name, frames, part, tokens, width);
        }

        /// - `sides`: of one item's part
        <T> Inputs floats(String name, List<T> items, Function<T, FloatBuffer> part, int... sides) {
            int each = Math.toIntExact(TensorShape.of(sides).elements());
            var bytes = arena.allocate((long) items.size() * each * Float.BYTES, ALIGNMENT_BYTES)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder());
            var all = bytes.asFloatBuffer();
            items.forEach(item -> all.put(part.apply(item)));
            var shape = new int[sides.length + 1];
            shape[0] = items.size();
            System.arraycopy(sides, 0, shape, 1, sides.length);
            tensors.put(name, Tensor.over(ElementType.FLOAT32, TensorShape.of(shape), bytes));
            return this;
        }

        Inputs add(String name, ElementType type, ByteBuffer values, int... shape) {
            var bytes = arena.allocate(values.remaining(), ALIGNMENT_BYTES).asByteBuffer();
            bytes.duplicate().put(values);
            tensors.put(name, Tensor.over(type, TensorShape.of(shape), bytes));
            return this;
        }

        @Override
        public void close() {
            tensors.close();
            arena.close();
        }
    }
}
