package dev.aerie.vision.sam2;

/// Memory entry of an object in one frame.
///
/// - `time`: of the tracker, in frames
/// - `memorySlot`: of its memory in the object's block; [#FORGOTTEN] once it is not attended to any more
/// - `pointerSlot`: of its pointer
record MemoryEntry(long time, MemoryKind kind, int memorySlot, int pointerSlot) {

    static final int FORGOTTEN = -1;

    MemoryEntry asTracked() {
        return new MemoryEntry(time, MemoryKind.TRACKED, memorySlot, pointerSlot);
    }

    MemoryEntry withoutMemory() {
        return new MemoryEntry(time, MemoryKind.TRACKED, FORGOTTEN, pointerSlot);
    }

    boolean hasMemory() {
        return memorySlot != FORGOTTEN;
    }

    /// Whether the object was prompted in that frame.
    boolean conditioning() {
        return kind == MemoryKind.PROMPTED;
    }
}
