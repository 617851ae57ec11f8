package dev.aerie.vision.reid;

import java.util.List;

/// Finds the embeddings that are most alike to a given one. Used by one thread at a time.
interface EmbeddingIndex {

    /// Adds one; returns its slot, which is never used again.
    int add(Embedding embedding);

    /// Takes the embedding in `slot` out; nothing where it was taken out before.
    void remove(int slot);

    /// Slots of the embeddings that are most alike, the best first; fewer than `count` where there are fewer.
    List<Integer> nearest(Embedding query, int count);
}
