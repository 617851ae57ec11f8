package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/// Encodes a frame's features and masks into the memory of each object.
///
/// Owns the tensors of up to `maxBatch` objects until [#close]; the network is lent. Used by one thread.
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Memory encoder".
final class MemoryEncoder implements AutoCloseable {

    private final OnnxModel network;
    private final Geometry geometry;
    private final TensorArena binarize;
    private final TensorArena memories;

    MemoryEncoder(Networks networks, int maxBatch) {
        this.network = networks.memoryEncoder();
        this.geometry = networks.geometry();
        binarize = new TensorArena(ElementType.BOOL, maxBatch);
        memories = TensorArena.ofFloats(maxBatch, geometry.memoryTokens(), Geometry.MEMORY_CHANNELS);
    }

    /// Makes the memories of `objects` objects; [#memory] has them until the next call.
    ///
    /// - `logits`: objects × 1 × `side` × `side`
    /// - `scores`: objects × 1
    /// - `prompted`: whether the objects were prompted in this frame, so that only the sign of their logits counts
    void encode(ImageFeatures features, int objects, TensorArena logits, int side, TensorArena scores, boolean prompted)
            throws ModelException {
        for (int i = 0; i < objects; i++) {
            binarize.setBoolean(i, prompted);
        }
        try (var scope = new TensorScope()) {
            var in = new HashMap<String, Tensor>();
            in.put("feat", features.coarse(scope));
            in.put("mask_logits", scope.of(logits, objects, 1, side, side));
            in.put("binarize", scope.of(binarize, objects));
            if (network.inputs().containsKey("obj_score")) {
                in.put("obj_score", scope.of(scores, objects, 1));
            }
            var out = scope.of(memories, objects, geometry.memoryTokens(), Geometry.MEMORY_CHANNELS);
            network.runWithSampledCheck(in, Map.of("mem", out));
        }
    }

    /// The memory of the object at `index`; lent until the next [#encode].
    FloatBuffer memory(int index) {
        return memories.floats(index, geometry.memoryElements());
    }

    @Override
    public void close() {
        binarize.close();
        memories.close();
    }
}
