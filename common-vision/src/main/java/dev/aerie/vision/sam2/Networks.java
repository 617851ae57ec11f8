package dev.aerie.vision.sam2;

import static java.util.Objects.requireNonNull;

import dev.aerie.vision.models.Structure;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
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
    private static final List<String> ALL = List.of(
            IMAGE_ENCODER, MEMORY_ATTENTION, TRACKING_DECODER, PROMPTED_DECODER, MEMORY_ENCODER, MASK_DOWNSAMPLE);

    private final String model;
    private final Geometry geometry;
    private final Map<String, OnnxModel> graphs;

    private Networks(String model, Geometry geometry, Map<String, OnnxModel> graphs) {
        this.model = model;
        this.geometry = geometry;
        this.graphs = graphs;
    }

    /// Opens the graphs of `structure` for pictures of `sidePixels`.
    ///
    /// - `weights`: the folder of its weights file
    /// - throws [ModelException] if one cannot be opened
    static Networks open(Structure structure, int sidePixels, Path weights, Device device, int threads)
            throws ModelException {
        String model = structure.layout().model();
        var graphs = new LinkedHashMap<String, OnnxModel>();
        try {
            for (String name : ALL) {
                var graph = Graph.withWeightsIn(weights, model + "/" + name, structure.graph(sidePixels, name));
                graphs.put(name, OnnxModel.open(graph, device, threads));
            }
            return new Networks(model, geometry(sidePixels, graphs), graphs);
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

    /// What the graphs say of themselves: EdgeTAM takes no ages of pointers, and its memories are kept as they are.
    private static Geometry geometry(int sidePixels, Map<String, OnnxModel> graphs) {
        var attention = requireNonNull(graphs.get(MEMORY_ATTENTION)).inputs();
        var memory = requireNonNull(attention.get("mem")).shape();
        int tokens = Math.toIntExact(memory.dimensions().get(2));
        var format = attention.containsKey(MemoryAttention.AGES) ? MemoryFormat.BFLOAT16 : MemoryFormat.FLOAT32;
        return new Geometry(sidePixels, tokens, format);
    }
}
