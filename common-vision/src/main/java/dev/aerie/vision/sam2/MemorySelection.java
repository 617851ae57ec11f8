package dev.aerie.vision.sam2;

import java.util.List;
import java.util.stream.Stream;

/// The memories and pointers that one object attends to in one frame.
///
/// - `time`: of that frame
/// - `lasting`: memories of conditioning frames and of anchors, oldest first
/// - `recent`: memories of tracked frames, oldest first, at most 6
/// - `pointers`: of conditioning frames, then of recent ones, newest first
record MemorySelection(long time, List<MemoryEntry> lasting, List<MemoryEntry> recent, List<MemoryEntry> pointers) {

    /// Row of the model's temporal encoding for all conditioning frames.
    private static final int CONDITIONING_ROW = 6;

    /// The unit of a pointer's age: the oldest recent one is 15 frames old.
    private static final float AGE_UNIT = 15;

    MemorySelection {
        lasting = List.copyOf(lasting);
        recent = List.copyOf(recent);
        pointers = List.copyOf(pointers);
    }

    /// All memories: `lasting`, then `recent`.
    List<MemoryEntry> memories() {
        return Stream.concat(lasting.stream(), recent.stream()).toList();
    }

    boolean hasMemories() {
        return !lasting.isEmpty() || !recent.isEmpty();
    }

    /// Objects with equal keys run as one batch.
    BatchKey batchKey() {
        return new BatchKey(lasting.size() + recent.size(), pointers.size());
    }

    /// The row of the temporal encoding for a memory: 0 for the frame before, 5 for the oldest recent one.
    ///
    /// It is the age less 1, as the publisher has it, unless frames between were not remembered: then it is the
    /// greatest row that leaves one to each newer memory.
    long row(MemoryEntry memory) {
        int place = recent.indexOf(memory);
        if (place < 0) {
            return CONDITIONING_ROW;
        }
        return Math.min(time - memory.time() - 1, ObjectMemory.RECENT_MEMORIES - 1L - place);
    }

    /// The age of a pointer as the model reads it.
    float age(MemoryEntry pointer) {
        return (time - pointer.time()) / AGE_UNIT;
    }

    /// - `memories`, `pointers`: their numbers
    record BatchKey(int memories, int pointers) {}
}
