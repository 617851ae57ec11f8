package dev.aerie.vision.reid;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The embeddings of one identity of a [Gallery], by their slots in the index.
final class Identity {

    /// Two that are so alike say the same.
    private static final double SAME = 0.97;

    private final int maxEmbeddings;
    private final Map<Integer, Embedding> bySlot = new LinkedHashMap<>();

    Identity(int maxEmbeddings) {
        this.maxEmbeddings = maxEmbeddings;
    }

    /// Takes out the embedding that `seen` makes needless: the most alike, if it says the same or there is no room;
    /// returns its slot.
    Optional<Integer> makeRoomFor(Embedding seen) {
        Optional<Integer> nearest = bySlot.keySet().stream()
                .max((one, other) -> Double.compare(similarity(one, seen), similarity(other, seen)));
        Optional<Integer> needless =
                nearest.filter(slot -> bySlot.size() >= maxEmbeddings || similarity(slot, seen) >= SAME);
        needless.ifPresent(bySlot::remove);
        return needless;
    }

    void add(int slot, Embedding seen) {
        bySlot.put(slot, seen);
    }

    /// Of the embedding in `slot`, which is one of its own.
    double similarity(int slot, Embedding seen) {
        Embedding own = bySlot.get(slot);
        if (own == null) {
            throw new IllegalArgumentException("slot " + slot + " is none of " + bySlot.keySet());
        }
        return own.similarityTo(seen);
    }

    Set<Integer> slots() {
        return Set.copyOf(bySlot.keySet());
    }

    List<Embedding> embeddings() {
        return List.copyOf(bySlot.values());
    }
}
