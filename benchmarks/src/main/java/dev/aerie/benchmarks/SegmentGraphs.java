package dev.aerie.benchmarks;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.TensorSpec;
import dev.aerie.vision.onnx.Tensors;
import dev.aerie.vision.sam2.Precision;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The four graphs that run on a tracked frame, timed separately in the state that a tracker reaches after 16 frames: 7
/// memories and 16 pointers for each object.
///
/// Owns the models until [#close].
final class SegmentGraphs implements AutoCloseable {

    /// Inputs of a tracker for each graph.
    private static final Map<String, Set<String>> STAGES = Map.of(
            "image_encoder", Set.of("feat_s0", "feat_s1", "feat", "feat_nomem"),
            "memory_attention", Set.of("pix_feat"),
            "decoder_track", Set.of("mask", "iou", "obj_ptr", "obj_score"),
            "memory_encoder", Set.of("mem"));

    private static final Map<String, Long> STEADY = Map.of("T", 7L, "P", 16L);
    private static final TensorShape CAMERA = TensorShape.of(1L, 720L, 1280L, 3L);
    private static final int MIN_RUNS = 3;
    private static final int MAX_RUNS = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final int size;
    private final Map<String, OnnxModel> models = new LinkedHashMap<>();

    /// - `weights`: the folder of the weights file
    SegmentGraphs(ModelGraphs modelGraphs, int size, Path weights, Precision precision, InferenceDevice inferenceDevice)
            throws ModelException {
        this.size = size;
        try {
            for (String stage : STAGES.keySet()) {
                byte[] bytes = precision.graph(modelGraphs, size, stage);
                models.put(stage, OnnxModel.open(Graph.withWeightsIn(weights, stage, bytes), inferenceDevice));
            }
        } catch (ModelException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Cost of each stage with that many objects.
    Map<String, StageCost> measure(int objects, Duration measureFor) throws ModelException {
        var costs = new TreeMap<String, StageCost>();
        for (Map.Entry<String, OnnxModel> stage : models.entrySet()) {
            OnnxModel model = stage.getValue();
            try (var in = inputs(model, objects);
                    var out = outputs(model, in, requireNonNull(STAGES.get(stage.getKey())))) {
                costs.put(stage.getKey(), cost(model, in, out, measureFor.dividedBy(STAGES.size())));
            }
        }
        return costs;
    }

    /// Execution providers of each stage's operations: `CPUExecutionProvider=3,CUDAExecutionProvider=412`; empty where
    /// the CPU was requested.
    Map<String, String> placements() {
        var placements = new TreeMap<String, String>();
        models.forEach((stage, model) -> model.placement()
                .ifPresent(placement -> placements.put(stage, placement + " on processor: " + placement.onCpu())));
        return placements;
    }

    @Override
    public void close() {
        models.values().forEach(OnnxModel::close);
    }

    private static StageCost cost(OnnxModel model, Tensors in, Tensors out, Duration measureFor) throws ModelException {
        model.runWithSampledCheck(in.asMap(), out.asMap());
        var nanos = new long[MAX_RUNS];
        long cpuNanos = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        int runs = 0;
        while (runs < MIN_RUNS || (runs < MAX_RUNS && System.nanoTime() - begin < measureFor.toNanos())) {
            long start = System.nanoTime();
            model.runWithSampledCheck(in.asMap(), out.asMap());
            nanos[runs++] = System.nanoTime() - start;
        }
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpuNanos) / NANOS_PER_MILLI / runs;
        return new StageCost(
                Arrays.stream(nanos, 0, runs)
                                .sorted()
                                .skip(runs / 2)
                                .findFirst()
                                .orElseThrow()
                        / NANOS_PER_MILLI,
                cpuMillis);
    }

    /// Output buffers for `wanted`, reused for every frame; the first run gives their sizes.
    private static Tensors outputs(OnnxModel model, Tensors in, Set<String> wanted) throws ModelException {
        var outputs = new Tensors();
        try (var first = model.runWithFullCheck(in.asMap(), wanted)) {
            first.asMap()
                    .forEach((name, tensor) -> outputs.put(
                            name,
                            Tensor.allocate(tensor.spec().type(), tensor.spec().shape())));
        }
        return outputs;
    }

    private Tensors inputs(OnnxModel model, int objects) {
        var inputs = new Tensors();
        var random = new SplittableRandom(objects);
        model.inputs().forEach((name, spec) -> inputs.put(name, filled(name, spec, objects, random)));
        return inputs;
    }

    private Tensor filled(String name, TensorSpec spec, int objects, SplittableRandom random) {
        Tensor tensor = Tensor.allocate(spec.type(), closed(name, spec.shape(), objects));
        if (spec.type() == ElementType.FLOAT32) {
            FloatBuffer values = tensor.floats();
            for (int i = 0; i < values.limit(); i++) {
                values.put(i, (float) random.nextDouble(-1, 1));
            }
        }
        return tensor;
    }

    /// The shape with its open dimensions filled in: a camera's frame is of 1280 × 720; elsewhere the first is the
    /// number of objects, the second of memories or pointers, and a mask has a quarter of the frame's side.
    private TensorShape closed(String name, TensorShape shape, int objects) {
        if (name.equals("frame")) {
            return CAMERA;
        }
        var dimensions = shape.dimensions().toArray(Long[]::new);
        for (int axis = 0; axis < dimensions.length; axis++) {
            if (dimensions[axis] < 0) {
                dimensions[axis] = switch (axis) {
                    case 0 -> (long) objects;
                    case 1 -> STEADY.get(name.startsWith("mem") ? "T" : "P");
                    default -> size / 4L;
                };
            }
        }
        return TensorShape.of(dimensions);
    }

    /// Cost of one run of a stage: median wall-clock `millis`, and `cpuMillis` summed over all threads.
    record StageCost(double millis, double cpuMillis) {}
}
