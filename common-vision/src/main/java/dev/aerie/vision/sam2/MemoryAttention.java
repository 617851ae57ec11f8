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

/// Looks at a picture in the light of what is remembered of each object.
///
/// Owns the tensors of up to `maxBatch` objects until [#close]; the network is lent. Used by one thread.
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Memory attention".
final class MemoryAttention implements AutoCloseable {

    /// The input that only SAM 2.1 has.
    static final String AGES = "ptr_tdiff";

    private final OnnxModel network;
    private final Geometry geometry;
    private final Room memories;
    private final Room rows;
    private final Room pointers;
    private final Room ages;
    private final Room attended;

    MemoryAttention(Networks networks, int maxConditioning, int maxBatch) {
        this.network = networks.memoryAttention();
        this.geometry = networks.geometry();
        int maxMemories = maxConditioning + ObjectMemory.RECENT_MEMORIES;
        int maxPointers = maxConditioning + ObjectMemory.RECENT_POINTERS;
        int side = geometry.featureSide();
        memories = Room.ofFloats(maxBatch, maxMemories, geometry.memoryTokens(), Geometry.MEMORY_CHANNELS);
        rows = new Room(ElementType.INT64, maxBatch, maxMemories);
        pointers = Room.ofFloats(maxBatch, maxPointers, Geometry.POINTER_CHANNELS);
        ages = Room.ofFloats(maxBatch, maxPointers);
        attended = Room.ofFloats(maxBatch, Geometry.FEATURE_CHANNELS, side, side);
    }

    /// What is seen of each object: objects × 256 × R/16 × R/16; lent until the next call.
    ///
    /// - `recalls`: one for each object, all of the same form
    Room attend(FrameFeatures features, List<ObjectMemory> objects, List<Recall> recalls) throws ModelException {
        Recall.Form form = recalls.getFirst().form();
        gather(objects, recalls);
        int n = objects.size();
        int side = geometry.featureSide();
        try (var views = new Views()) {
            var in = new HashMap<String, Tensor>();
            in.put("feat", features.coarse(views));
            in.put("mem", views.of(memories, n, form.memories(), geometry.memoryTokens(), Geometry.MEMORY_CHANNELS));
            in.put("mem_tpos", views.of(rows, n, form.memories()));
            in.put("ptr", views.of(pointers, n, form.pointers(), Geometry.POINTER_CHANNELS));
            if (network.inputs().containsKey(AGES)) {
                in.put(AGES, views.of(ages, n, form.pointers()));
            }
            network.run(in, Map.of("pix_feat", views.of(attended, n, Geometry.FEATURE_CHANNELS, side, side)));
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

    private void gather(List<ObjectMemory> objects, List<Recall> recalls) {
        FloatBuffer memory = memories.floats();
        LongBuffer row = rows.longs();
        FloatBuffer pointer = pointers.floats();
        FloatBuffer age = ages.floats();
        for (int i = 0; i < objects.size(); i++) {
            ObjectMemory object = objects.get(i);
            Recall recall = recalls.get(i);
            for (MemoryEntry entry : recall.memories()) {
                object.loadMemory(entry, memory.slice(memory.position(), geometry.memoryElements()));
                memory.position(memory.position() + geometry.memoryElements());
                row.put(recall.row(entry));
            }
            for (MemoryEntry entry : recall.pointers()) {
                pointer.put(object.pointer(entry));
                age.put(recall.age(entry));
            }
        }
    }
}
