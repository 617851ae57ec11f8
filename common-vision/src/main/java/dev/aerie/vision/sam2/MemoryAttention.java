package dev.aerie.vision.sam2;

import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Conditions a frame's features on the memory of each object.
///
/// Owns the tensors of up to `maxBatch` objects until [#close]; the network is lent. Used by one thread.
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Memory attention".
final class MemoryAttention implements AutoCloseable {

    /// The input that only SAM 2.1 has.
    static final String AGES = "ptr_tdiff";

    private final OnnxModel network;
    private final Geometry geometry;
    private final TensorArena memories;
    private final TensorArena rows;
    private final TensorArena pointers;
    private final TensorArena ages;
    private final TensorMemory attended;

    MemoryAttention(Networks networks, int maxConditioning, int maxBatch) {
        this.network = networks.memoryAttention();
        this.geometry = networks.geometry();
        int maxMemories = maxConditioning + ObjectMemory.RECENT_MEMORIES;
        int maxPointers = maxConditioning + ObjectMemory.RECENT_POINTERS;
        int side = geometry.featureSide();
        memories = TensorArena.ofFloats(maxBatch, maxMemories, geometry.memoryTokens(), Geometry.MEMORY_CHANNELS);
        rows = new TensorArena(ElementType.INT64, maxBatch, maxMemories);
        pointers = TensorArena.ofFloats(maxBatch, maxPointers, Geometry.POINTER_CHANNELS);
        ages = TensorArena.ofFloats(maxBatch, maxPointers);
        attended = TensorMemory.ofFloats(networks.keepsOnDevice(), maxBatch, Geometry.FEATURE_CHANNELS, side, side);
    }

    /// The conditioned features of each object: objects × 256 × R/16 × R/16; lent until the next call.
    ///
    /// - `selections`: one for each object, all with the same [MemorySelection#batchKey]
    TensorMemory attend(ImageFeatures features, List<ObjectMemory> objects, List<MemorySelection> selections)
            throws ModelException {
        MemorySelection.BatchKey batchKey = selections.getFirst().batchKey();
        gather(objects, selections);
        int n = objects.size();
        int side = geometry.featureSide();
        try (var scope = new TensorScope()) {
            var in = new HashMap<String, Tensor>();
            in.put("feat", features.coarse(scope));
            in.put(
                    "mem",
                    scope.of(memories, n, batchKey.memories(), geometry.memoryTokens(), Geometry.MEMORY_CHANNELS));
            in.put("mem_tpos", scope.of(rows, n, batchKey.memories()));
            in.put("ptr", scope.of(pointers, n, batchKey.pointers(), Geometry.POINTER_CHANNELS));
            if (network.inputs().containsKey(AGES)) {
                in.put(AGES, scope.of(ages, n, batchKey.pointers()));
            }
            network.runWithSampledCheck(
                    in, Map.of("pix_feat", scope.of(attended, n, Geometry.FEATURE_CHANNELS, side, side)));
        }
        return attended;
    }

    @Override
    public void close() {
        memories.close();
        rows.close();
        pointers.close();
        ages.close();
        attended.close();
    }

    private void gather(List<ObjectMemory> objects, List<MemorySelection> selections) {
        FloatBuffer memory = memories.floats();
        LongBuffer row = rows.longs();
        FloatBuffer pointer = pointers.floats();
        FloatBuffer age = ages.floats();
        for (int i = 0; i < objects.size(); i++) {
            ObjectMemory object = objects.get(i);
            MemorySelection selection = selections.get(i);
            for (MemoryEntry entry : selection.memories()) {
                object.loadMemory(entry, memory.slice(memory.position(), geometry.memoryElements()));
                memory.position(memory.position() + geometry.memoryElements());
                row.put(selection.row(entry));
            }
            for (MemoryEntry entry : selection.pointers()) {
                pointer.put(object.pointer(entry));
                age.put(selection.age(entry));
            }
        }
    }
}
