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

/// Looks at a frame in the light of what is remembered of each object.
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
    private final TensorArena attended;

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
        attended = TensorArena.ofFloats(maxBatch, Geometry.FEATURE_CHANNELS, side, side);
    }

    /// What is seen of each object: objects × 256 × R/16 × R/16; lent until the next call.
    ///
    /// - `recalls`: one for each object, all of the same form
    TensorArena attend(ImageFeatures features, List<ObjectMemory> objects, List<MemorySelection> recalls)
            throws ModelException {
        MemorySelection.Form form = recalls.getFirst().form();
        gather(objects, recalls);
        int n = objects.size();
        int side = geometry.featureSide();
        try (var tensorScope = new TensorScope()) {
            var in = new HashMap<String, Tensor>();
            in.put("feat", features.coarse(tensorScope));
            in.put(
                    "mem",
                    tensorScope.of(memories, n, form.memories(), geometry.memoryTokens(), Geometry.MEMORY_CHANNELS));
            in.put("mem_tpos", tensorScope.of(rows, n, form.memories()));
            in.put("ptr", tensorScope.of(pointers, n, form.pointers(), Geometry.POINTER_CHANNELS));
            if (network.inputs().containsKey(AGES)) {
                in.put(AGES, tensorScope.of(ages, n, form.pointers()));
            }
            network.run(in, Map.of("pix_feat", tensorScope.of(attended, n, Geometry.FEATURE_CHANNELS, side, side)));
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

    private void gather(List<ObjectMemory> objects, List<MemorySelection> recalls) {
        FloatBuffer memory = memories.floats();
        LongBuffer row = rows.longs();
        FloatBuffer pointer = pointers.floats();
        FloatBuffer age = ages.floats();
        for (int i = 0; i < objects.size(); i++) {
            ObjectMemory object = objects.get(i);
            MemorySelection memorySelection = recalls.get(i);
            for (MemoryEntry entry : memorySelection.memories()) {
                object.loadMemory(entry, memory.slice(memory.position(), geometry.memoryElements()));
                memory.position(memory.position() + geometry.memoryElements());
                row.put(memorySelection.row(entry));
            }
            for (MemoryEntry entry : memorySelection.pointers()) {
                pointer.put(object.pointer(entry));
                age.put(memorySelection.age(entry));
            }
        }
    }
}
