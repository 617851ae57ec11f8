package dev.aerie.vision.sam2;

import static java.util.Objects.requireNonNull;

import dev.aerie.settings.Device;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The graphs of one model at one size. Owns them until [#close]; safe for several threads.
final class Networks implements AutoCloseable {

    private static final String IMAGE_ENCODER = "image_encoder";
    private static final String MEMORY_ATTENTION = "memory_attention";
    private static final String TRACKING_DECODER = "decoder_track";
    private static final String PROMPTED_DECODER = "decoder_prompt";
    private static final String MEMORY_ENCODER = "memory_encoder";
    private static final String MASK_DOWNSAMPLE = "mask_downsample";

    /// All networks, and the fraction of the GPU memory that each may take.
    private static final Map<String, Double> SHARES = shares();

    private final String model;
    private final Geometry geometry;
    private final Map<String, OnnxModel> graphs;
    private final boolean keepsOnDevice;

    private Networks(String model, Geometry geometry, Map<String, OnnxModel> graphs, boolean keepsOnDevice) {
        this.model = model;
        this.geometry = geometry;
        this.graphs = graphs;
        this.keepsOnDevice = keepsOnDevice;
    }

    /// Opens `modelGraphs` for frames of `sidePixels`.
    ///
    /// - `weights`: the folder of its weights file
    /// - `inferenceDevice`: its memory is divided among them
    /// - throws [ModelException] if one cannot be opened, or the device does not support `precision`
    static Networks open(
            ModelGraphs modelGraphs, int sidePixels, Path weights, Precision precision, InferenceDevice inferenceDevice)
            throws ModelException {
        String model = modelGraphs.layout().model();
        InferenceDevice own = inferenceDevice.withEngineFolder(
                model + "-" + versionOf(weights.resolve(modelGraphs.layout().file())));
        var graphs = new LinkedHashMap<String, OnnxModel>();
        try {
            for (Map.Entry<String, Double> share : SHARES.entrySet()) {
                String name = share.getKey();
                byte[] bytes = precision.graph(modelGraphs, sidePixels, name);
                var graph = Graph.withWeightsIn(weights, model + "/" + name, bytes);
                graphs.put(name, OnnxModel.open(graph, own.memoryFraction(share.getValue())));
            }
            OnnxModel encoder = requireNonNull(graphs.get(IMAGE_ENCODER));
            requirePossible(precision, encoder.provider());
            boolean keepsOnDevice = encoder.provider().device() == Device.CUDA && encoder.keepsTensors();
            return new Networks(model, geometry(sidePixels, graphs), graphs, keepsOnDevice);
        } catch (ModelException | RuntimeException e) {
            graphs.values().forEach(OnnxModel::close);
            throw e;
        }
    }

    /// As messages name the model: `edgetam`.
    String model() {
        return model;
    }

    Geometry geometry() {
        return geometry;
    }

    /// The same, opened once; close only one of them.
    Networks keepingOnDevice() {
        return new Networks(model, geometry, graphs, true);
    }

    /// Whether what one network writes only for the next stays on the device: on a GPU, where it would have to
    /// cross the bus twice. On the CPU it would gain nothing.
    boolean keepsOnDevice() {
        return keepsOnDevice;
    }

    ExecutionProvider provider() {
        return imageEncoder().provider();
    }

    List<ModelStatistics> statistics() {
        return graphs.values().stream().map(OnnxModel::statistics).toList();
    }

    OnnxModel imageEncoder() {
        return graph(IMAGE_ENCODER);
    }

    OnnxModel memoryAttention() {
        return graph(MEMORY_ATTENTION);
    }

    OnnxModel trackingDecoder() {
        return graph(TRACKING_DECODER);
    }

    OnnxModel promptedDecoder() {
        return graph(PROMPTED_DECODER);
    }

    OnnxModel memoryEncoder() {
        return graph(MEMORY_ENCODER);
    }

    OnnxModel maskDownsample() {
        return graph(MASK_DOWNSAMPLE);
    }

    @Override
    public void close() {
        graphs.values().forEach(OnnxModel::close);
    }

    private OnnxModel graph(String name) {
        OnnxModel graph = graphs.get(name);
        if (graph == null) {
            throw new IllegalStateException("model " + model + " was opened without " + name);
        }
        return graph;
    }

    private static Map<String, Double> shares() {
        var shares = new LinkedHashMap<String, Double>();
        shares.put(IMAGE_ENCODER, 0.35);
        shares.put(MEMORY_ATTENTION, 0.3);
        shares.put(TRACKING_DECODER, 0.1);
        shares.put(PROMPTED_DECODER, 0.1);
        shares.put(MEMORY_ENCODER, 0.1);
        shares.put(MASK_DOWNSAMPLE, 0.05);
        return shares;
    }

    /// Throws [ModelException] where the device does not support `precision`.
    static void requirePossible(Precision precision, ExecutionProvider provider) throws ModelException {
        if (precision == Precision.INT8 && provider.device() != Device.CPU) {
            throw new ModelException("8-bit networks run on the CPU only, these on " + provider.device() + " ("
                    + provider.reason() + "); set SAM2_PRECISION=fp32 or DEVICE=cpu");
        }
    }

    /// Distinguishes a weights file from another of the same name that replaces it.
    private static String versionOf(Path weights) throws ModelException {
        try {
            return Long.toString(Files.getLastModifiedTime(weights).toMillis());
        } catch (IOException e) {
            throw new ModelException("the weights " + weights + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// From the graphs' inputs.
    private static Geometry geometry(int sidePixels, Map<String, OnnxModel> graphs) {
        var attention = requireNonNull(graphs.get(MEMORY_ATTENTION)).inputs();
        var memory = requireNonNull(attention.get("mem")).shape();
        int tokens = Math.toIntExact(memory.dimensions().get(2));
        return new Geometry(sidePixels, tokens);
    }
}
