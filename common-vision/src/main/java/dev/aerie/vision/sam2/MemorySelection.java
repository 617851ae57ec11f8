package dev.aerie.vision.sam2;

import java.util.List;

/// The memories and pointers that one object attends to in one frame.
///
/// - `time`: of that frame
/// - `memories`: of conditioning frames, then of recent ones, oldest first
/// - `pointers`: of conditioning frames, then of recent ones, newest first
record MemorySelection(long time, List<MemoryEntry> memories, List<MemoryEntry> pointers) {

    /// Row of the model's temporal encoding for all conditioning frames.
    private static final int CONDITIONING_ROW = 6;

    /// The unit of a pointer's age: the oldest recent one is 15 frames old.
    private static final float AGE_UNIT = 15;

    MemorySelection {
        memories = List.copyOf(memories);
        pointers = List.copyOf(pointers);
    }

    /// Objects with equal keys run as one batch.
    BatchKey batchKey() {
        return new BatchKey(memories.size(), pointers.size());
    }

    /// The row of the temporal encoding for a memory: 0 for the frame before, 5 for the oldest recent one.
    long row(MemoryEntry memory) {
        return memory.conditioning() ? CONDITIONING_ROW : time - memory.time() - 1;
    }

    /// The age of a pointer as the model reads it.
    float age(MemoryEntry pointer) {
        return (time - pointer.time()) / AGE_UNIT;
    }

    /// - `memories`, `pointers`: their numbers
    record BatchKey(int memories, int pointers) {}
}
