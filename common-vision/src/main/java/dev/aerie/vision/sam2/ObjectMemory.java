package dev.aerie.vision.sam2;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// The memory of one object, in a block of fixed size: memories of up to `maxConditioning` prompted frames and anchors
/// together, of the latest remembered frame and the 6 before it; pointers of those and of the 15 frames before the
/// latest. The next frame attends to these, as does the latest where a prompt corrects it. The first prompted frame is
/// never forgotten.
///
/// Source: SAM 2 (Ravi et al. 2024), section 4, "Memory bank". The reference keeps every entry; those dropped here
/// would be read again only where a prompt corrects a frame before the latest, which then attends to the rest.
final class ObjectMemory {

    static final int RECENT_MEMORIES = 6;
    static final int RECENT_POINTERS = 15;

    private final int maxConditioning;
    private final MemoryAdmissionConfig admission;
    private final MemorySegment memories;
    private final long memoryBytes;
    private final float[][] pointers;
    private final BitSet memorySlots = new BitSet();
    private final BitSet pointerSlots = new BitSet();
    private final List<MemoryEntry> entries = new ArrayList<>();

    /// - `memories`: of [#blockBytes]; lent
    ObjectMemory(Geometry geometry, int maxConditioning, MemoryAdmissionConfig admission, MemorySegment memories) {
        this.maxConditioning = maxConditioning;
        this.admission = admission;
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
        return maxConditioning + RECENT_MEMORIES + 1 + RECENT_POINTERS + 1;
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
    void remember(long time, MemoryKind kind, FloatBuffer memory, FloatBuffer pointer) {
        drop(entry -> entry.time() == time);
        MemoryKind possible = makeRoom(time, kind);
        boolean conditions = possible == MemoryKind.PROMPTED;
        long age = latest(time) - time;
        boolean hasMemory = conditions || age <= RECENT_MEMORIES;
        forgetOld(time, hasMemory && !conditions ? RECENT_MEMORIES : RECENT_MEMORIES + 1);
        if (conditions || age <= RECENT_POINTERS) {
            add(time, possible, hasMemory ? takeMemory(memory) : MemoryEntry.FORGOTTEN, pointer);
        }
    }

    /// Stores only the pointer of the frame at `time`, which is the latest.
    ///
    /// - `pointer`: 256 floats from its position; lent
    void rememberPointer(long time, FloatBuffer pointer) {
        forget(time);
        add(time, MemoryKind.TRACKED, MemoryEntry.FORGOTTEN, pointer);
    }

    /// Remembers nothing of the frame at `time`, which is the latest, unless the object was prompted in it.
    void forget(long time) {
        drop(entry -> entry.time() == time && !entry.conditioning());
        forgetOld(time, RECENT_MEMORIES + 1);
    }

    private void add(long time, MemoryKind kind, int memorySlot, FloatBuffer pointer) {
        entries.add(new MemoryEntry(time, kind, memorySlot, takePointer(pointer)));
        entries.sort(Comparator.comparingLong(MemoryEntry::time));
    }

    /// Whether the object came into the frame at `time` by tracking: it was prompted before, and not first in this
    /// frame.
    boolean isTrackedInto(long time) {
        return entries.stream().anyMatch(entry -> entry.conditioning() && entry.time() < time)
                && entries.stream().noneMatch(entry -> entry.conditioning() && entry.time() == time);
    }

    /// The memories of earlier frames that the object attends to at `time`.
    MemorySelection select(long time) {
        List<MemoryEntry> recent = recentBefore(time, RECENT_MEMORIES);
        var lasting = new ArrayList<MemoryEntry>();
        var pointed = new ArrayList<MemoryEntry>();
        for (MemoryEntry entry : entries) {
            if (entry.conditioning() && entry.time() < time) {
                pointed.add(entry);
            }
            boolean lasts = entry.conditioning() || (entry.kind() == MemoryKind.ANCHOR && !recent.contains(entry));
            if (lasts && entry.time() < time) {
                lasting.add(entry);
            }
        }
        for (long age = 1; age <= RECENT_POINTERS; age++) {
            addTracked(time - age, pointed);
        }
        return new MemorySelection(time, lasting, recent.reversed(), pointed);
    }

    /// The tracked frames before `time` with a memory, newest first, at most `count`.
    private List<MemoryEntry> recentBefore(long time, int count) {
        return entries.reversed().stream()
                .filter(entry -> !entry.conditioning() && entry.hasMemory())
                .filter(entry -> entry.time() < time && time - entry.time() <= admission.maxAgeFrames())
                .limit(count)
                .toList();
    }

    /// Copies one memory to the remaining floats of `to`.
    void loadMemory(MemoryEntry entry, FloatBuffer to) {
        MemoryFormat.load(memoryAt(entry.memorySlot()), to);
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
    void restore(long time, float[] pointer) {
        add(time, MemoryKind.TRACKED, MemoryEntry.FORGOTTEN, FloatBuffer.wrap(pointer));
    }

    /// Restores a frame with pointer and memory.
    void restore(long time, MemoryKind kind, float[] pointer, FloatBuffer memory) {
        boolean lasts = kind == MemoryKind.PROMPTED || kind == MemoryKind.ANCHOR;
        if (lasts && count(MemoryKind.PROMPTED) + count(MemoryKind.ANCHOR) == maxConditioning) {
            throw new IllegalArgumentException("more than " + maxConditioning + " prompted frames and anchors");
        }
        add(time, kind, takeMemory(memory), FloatBuffer.wrap(pointer));
    }

    private void addTracked(long time, List<MemoryEntry> to) {
        for (MemoryEntry entry : entries) {
            if (entry.time() == time && !entry.conditioning()) {
                to.add(entry);
            }
        }
    }

    /// Makes room for a frame at `time` that is to be remembered as `kind`; as what it can be.
    private MemoryKind makeRoom(long time, MemoryKind kind) {
        return switch (kind) {
            case PROMPTED -> {
                boolean conditions = demotePromptsBefore(time);
                demoteAnchors(conditions ? 1 : 0, 0);
                yield conditions ? MemoryKind.PROMPTED : MemoryKind.TRACKED;
            }
            case ANCHOR -> {
                boolean fits = admission.maxAnchors() > 0 && count(MemoryKind.PROMPTED) < maxConditioning;
                demoteAnchors(0, fits ? 1 : 0);
                yield fits ? MemoryKind.ANCHOR : MemoryKind.TRACKED;
            }
            case TRACKED, PASSING -> kind;
        };
    }

    /// Makes room for a prompt at `time`: only the first and the latest ones are conditioning frames, others become
    /// tracked frames. Returns whether the new one is among them.
    private boolean demotePromptsBefore(long time) {
        long prompts = count(MemoryKind.PROMPTED);
        boolean isFirst = maxConditioning > 1;
        for (int i = 0; i < entries.size() && prompts >= maxConditioning; i++) {
            MemoryEntry entry = entries.get(i);
            if (entry.conditioning() && entry.time() < time && !isFirst) {
                entries.set(i, entry.asTracked());
                prompts--;
            }
            isFirst &= !entry.conditioning();
        }
        return prompts < maxConditioning;
    }

    /// Makes room for so many more prompts and anchors: the oldest anchors become tracked frames.
    private void demoteAnchors(int prompts, int newAnchors) {
        long room = maxConditioning - count(MemoryKind.PROMPTED) - prompts;
        long allowed = Math.min(admission.maxAnchors(), room) - newAnchors;
        long anchors = count(MemoryKind.ANCHOR);
        for (int i = 0; i < entries.size() && anchors > allowed; i++) {
            if (entries.get(i).kind() == MemoryKind.ANCHOR) {
                entries.set(i, entries.get(i).asTracked());
                anchors--;
            }
        }
    }

    private long count(MemoryKind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).count();
    }

    private long latest(long time) {
        return entries.isEmpty() ? time : Math.max(time, entries.getLast().time());
    }

    /// Before a frame at `time` is stored: keeps the memories of so many tracked frames, and of anchors.
    private void forgetOld(long time, int keptMemories) {
        long latest = latest(time);
        List<MemoryEntry> recent = entries.reversed().stream()
                .filter(entry -> !entry.conditioning() && entry.hasMemory())
                .filter(entry -> latest - entry.time() <= admission.maxAgeFrames())
                .filter(entry -> entry.kind() != MemoryKind.PASSING || entry.time() == latest)
                .limit(keptMemories)
                .toList();
        for (int i = 0; i < entries.size(); i++) {
            MemoryEntry entry = entries.get(i);
            boolean isTracked = entry.kind() == MemoryKind.TRACKED || entry.kind() == MemoryKind.PASSING;
            if (entry.hasMemory() && isTracked && !recent.contains(entry)) {
                memorySlots.clear(entry.memorySlot());
                entries.set(i, entry.withoutMemory());
            }
        }
        drop(entry ->
                entry.kind() == MemoryKind.TRACKED && !entry.hasMemory() && latest - entry.time() > RECENT_POINTERS);
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
        MemoryFormat.store(memory, memoryAt(slot));
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
        return (long) geometry.memoryElements() * MemoryFormat.BYTES;
    }
}
