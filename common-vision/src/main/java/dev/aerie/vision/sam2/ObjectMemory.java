package dev.aerie.vision.sam2;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// The memory of one object, in a block of fixed size: memories of up to `maxConditioning` prompted frames, of the
/// latest one and the 6 before it; pointers of those and of the 15 before it. The next frame attends to these, as does
/// the latest where a prompt corrects it.
///
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Memory bank". The reference keeps every entry; those dropped here
/// would be read again only where a prompt corrects a frame before the latest, which then attends to the rest.
final class ObjectMemory {

    static final int RECENT_MEMORIES = 6;
    static final int RECENT_POINTERS = 15;

    private final Geometry geometry;
    private final int maxConditioning;
    private final MemorySegment memories;
    private final long memoryBytes;
    private final float[][] pointers;
    private final BitSet memorySlots = new BitSet();
    private final BitSet pointerSlots = new BitSet();
    private final List<MemoryEntry> entries = new ArrayList<>();

    /// - `memories`: of [#blockBytes]; lent
    ObjectMemory(Geometry geometry, int maxConditioning, MemorySegment memories) {
        this.geometry = geometry;
        this.maxConditioning = maxConditioning;
        this.memories = memories;
        this.memoryBytes = memoryBytes(geometry);
        this.pointers = new float[pointerSlots(maxConditioning)][Geometry.POINTER_CHANNELS];
    }

    static long blockBytes(Geometry geometry, int maxConditioning) {
        return memoryBytes(geometry) * (maxConditioning + RECENT_MEMORIES + 1);
    }

    static long pointerBytes(int maxConditioning) {
        return (long) pointerSlots(maxConditioning) * Geometry.POINTER_CHANNELS * Float.BYTES;
    }

    private static int pointerSlots(int maxConditioning) {
        return maxConditioning + RECENT_POINTERS + 1;
    }

    /// Forgets everything.
    void clear() {
        entries.clear();
        memorySlots.clear();
        pointerSlots.clear();
    }

    List<MemoryEntry> entries() {
        return List.copyOf(entries);
    }

    /// Stores the memory of the frame at `time`, replacing an earlier one of that frame. Frames come in order, but
    /// a prompted one may be earlier than the last.
    ///
    /// - `memory`: `geometry.memoryElements()` floats from its position; lent
    /// - `pointer`: 256 floats from its position; lent
    void remember(long time, boolean conditioning, FloatBuffer memory, FloatBuffer pointer) {
        drop(entry -> entry.time() == time);
        boolean conditions = conditioning && demotePromptsBefore(time);
        long latest =
                entries.isEmpty() ? time : Math.max(time, entries.getLast().time());
        forgetOld(latest);
        if (conditions || latest - time <= RECENT_POINTERS) {
            int slot = conditions || latest - time <= RECENT_MEMORIES ? takeMemory(memory) : MemoryEntry.FORGOTTEN;
            entries.add(new MemoryEntry(time, conditions, slot, takePointer(pointer)));
            entries.sort(Comparator.comparingLong(MemoryEntry::time));
        }
    }

    /// The memories of earlier frames that the object attends to at `time`.
    MemorySelection select(long time) {
        var attended = new ArrayList<MemoryEntry>();
        var pointed = new ArrayList<MemoryEntry>();
        for (MemoryEntry entry : entries) {
            if (entry.conditioning() && entry.time() < time) {
                attended.add(entry);
                pointed.add(entry);
            }
        }
        for (long age = RECENT_MEMORIES; age >= 1; age--) {
            addTracked(time - age, attended);
        }
        attended.removeIf(entry -> !entry.hasMemory());
        for (long age = 1; age <= RECENT_POINTERS; age++) {
            addTracked(time - age, pointed);
        }
        return new MemorySelection(time, attended, pointed);
    }

    /// Copies one memory to the remaining floats of `to`.
    void loadMemory(MemoryEntry entry, FloatBuffer to) {
        geometry.memoryFormat().load(memoryAt(entry.memorySlot()), to);
    }

    /// One pointer of 256; lent.
    float[] pointer(MemoryEntry entry) {
        return pointers[entry.pointerSlot()];
    }

    /// Maximum number of frames remembered.
    int maxEntries() {
        return pointers.length;
    }

    /// Restores a frame of which only the pointer was saved.
    void restore(long time, boolean conditioning, float[] pointer) {
        entries.add(new MemoryEntry(time, conditioning, MemoryEntry.FORGOTTEN, takePointer(FloatBuffer.wrap(pointer))));
    }

    /// Restores a frame with pointer and memory.
    void restore(long time, boolean conditioning, float[] pointer, FloatBuffer memory) {
        entries.add(new MemoryEntry(time, conditioning, takeMemory(memory), takePointer(FloatBuffer.wrap(pointer))));
    }

    private void addTracked(long time, List<MemoryEntry> to) {
        for (MemoryEntry entry : entries) {
            if (entry.time() == time && !entry.conditioning()) {
                to.add(entry);
            }
        }
    }

    /// Makes room for a prompt at `time`: only the latest ones are conditioning frames, older ones become tracked
    /// frames. Returns whether the new one is among the latest.
    private boolean demotePromptsBefore(long time) {
        long prompts = entries.stream().filter(MemoryEntry::conditioning).count();
        for (int i = 0; i < entries.size() && prompts >= maxConditioning; i++) {
            MemoryEntry entry = entries.get(i);
            if (entry.conditioning() && entry.time() < time) {
                entries.set(i, entry.asTracked());
                prompts--;
            }
        }
        return prompts < maxConditioning;
    }

    private void forgetOld(long latest) {
        drop(entry -> !entry.conditioning() && latest - entry.time() > RECENT_POINTERS);
        for (int i = 0; i < entries.size(); i++) {
            MemoryEntry entry = entries.get(i);
            if (entry.hasMemory() && !entry.conditioning() && latest - entry.time() > RECENT_MEMORIES) {
                memorySlots.clear(entry.memorySlot());
                entries.set(i, entry.withoutMemory());
            }
        }
    }

    private void drop(Predicate<MemoryEntry> unwanted) {
        entries.removeIf(entry -> {
            if (!unwanted.test(entry)) {
                return false;
            }
            pointerSlots.clear(entry.pointerSlot());
            if (entry.hasMemory()) {
                memorySlots.clear(entry.memorySlot());
            }
            return true;
        });
    }

    private int takeMemory(FloatBuffer memory) {
        int slot = take(memorySlots);
        geometry.memoryFormat().store(memory, memoryAt(slot));
        return slot;
    }

    private int takePointer(FloatBuffer pointer) {
        int slot = take(pointerSlots);
        pointer.get(pointer.position(), pointers[slot]);
        return slot;
    }

    private MemorySegment memoryAt(int slot) {
        return memories.asSlice(slot * memoryBytes, memoryBytes);
    }

    private static int take(BitSet slots) {
        int free = slots.nextClearBit(0);
        slots.set(free);
        return free;
    }

    private static long memoryBytes(Geometry geometry) {
        return (long) geometry.memoryElements() * geometry.memoryFormat().bytes();
    }
}
