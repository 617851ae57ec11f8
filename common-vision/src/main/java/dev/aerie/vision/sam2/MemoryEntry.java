package dev.aerie.vision.sam2;

/// Memory entry of an object in one frame.
///
/// - `time`: of the tracker, in frames
/// - `conditioning`: whether the object was prompted in that frame
/// - `memorySlot`: of its memory in the object's block; [#FORGOTTEN] once it is too old to be attended to
/// - `pointerSlot`: of its pointer
record MemoryEntry(long time, boolean conditioning, int memorySlot, int pointerSlot) {

    static final int FORGOTTEN = -1;

    MemoryEntry asTracked() {
        return new MemoryEntry(time, false, memorySlot, pointerSlot);
    }

    MemoryEntry withoutMemory() {
        return new MemoryEntry(time, conditioning, FORGOTTEN, pointerSlot);
    }

    boolean hasMemory() {
        return memorySlot != FORGOTTEN;
    }
}
