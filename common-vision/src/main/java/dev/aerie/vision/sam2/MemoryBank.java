package dev.aerie.vision.sam2;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The memory of one tracker's objects. Its size is bounded by `maxObjects` and `maxConditioning`, whatever the number
/// of frames, objects or prompts: the block of a removed object is reused.
///
/// Owns native memory until [#close]; used by one thread.
final class MemoryBank implements AutoCloseable {

    private static final long ALIGNMENT_BYTES = 64;

    private final Geometry geometry;
    private final int maxObjects;
    private final int maxConditioning;
    private final MemoryAdmissionConfig admission;
    private final Arena arena = Arena.ofShared();
    private final Deque<ObjectMemory> unused = new ArrayDeque<>();
    private final SequencedMap<Long, ObjectMemory> objects = new LinkedHashMap<>();
    private int blocks;

    MemoryBank(Geometry geometry, int maxObjects, int maxConditioning, MemoryAdmissionConfig admission) {
        this.admission = admission;
        this.geometry = geometry;
        this.maxObjects = maxObjects;
        this.maxConditioning = maxConditioning;
    }

    /// The objects, in the order in which they were added.
    SequencedSet<Long> objects() {
        return Collections.unmodifiableSequencedSet(objects.sequencedKeySet());
    }

    int maxObjects() {
        return maxObjects;
    }

    Geometry geometry() {
        return geometry;
    }

    /// The memory of `object`, empty where it is new.
    ///
    /// Throws [IllegalStateException] where it is new and there are `maxObjects` already.
    ObjectMemory of(long object) {
        return objects.computeIfAbsent(object, _ -> takeBlock());
    }

    /// The memories that `object` attends to at `time`; none where it is unknown.
    MemorySelection select(long object, long time) {
        ObjectMemory memory = objects.get(object);
        return memory == null ? new MemorySelection(time, List.of(), List.of(), List.of()) : memory.select(time);
    }

    boolean contains(long object) {
        return objects.containsKey(object);
    }

    void remove(long object) {
        ObjectMemory gone = objects.remove(object);
        if (gone != null) {
            gone.clear();
            unused.push(gone);
        }
    }

    void clear() {
        objects.values().forEach(memory -> {
            memory.clear();
            unused.push(memory);
        });
        objects.clear();
    }

    /// Native memory in use, in bytes; grows block by block to at most `maxObjects` blocks and never shrinks.
    long heldBytes() {
        return blocks * ObjectMemory.blockBytes(geometry, maxConditioning);
    }

    /// Heap memory of the pointers, in bytes; bounded likewise.
    long heapBytes() {
        return (long) blocks * ObjectMemory.pointerBytes(maxConditioning);
    }

    /// The bound of [#heldBytes].
    long maxBytes() {
        return maxObjects * ObjectMemory.blockBytes(geometry, maxConditioning);
    }

    @Override
    public void close() {
        arena.close();
    }

    private ObjectMemory takeBlock() {
        if (!unused.isEmpty()) {
            return unused.pop();
        }
        if (blocks == maxObjects) {
            throw new IllegalStateException("the memory bank has room for " + maxObjects + " objects");
        }
        blocks++;
        return new ObjectMemory(
                geometry,
                maxConditioning,
                admission,
                arena.allocate(ObjectMemory.blockBytes(geometry, maxConditioning), ALIGNMENT_BYTES));
    }
}
