package dev.aerie.vision.reid;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares with every embedding. The measure for [GraphIndex].
final class ExactIndex implements EmbeddingIndex {

    private final Map<Integer, Embedding> embeddings = new HashMap<>();
    private int nextSlot;

    @Override
    public int add(Embedding embedding) {
        embeddings.put(nextSlot, embedding);
        return nextSlot++;
    }

    @Override
    public void remove(int slot) {
        embeddings.remove(slot);
    }

    @Override
    public List<Integer> nearest(Embedding query, int count) {
        return embeddings.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Integer, Embedding> entry) ->
                        -entry.getValue().similarityTo(query)))
                .limit(count)
                .map(Map.Entry::getKey)
                .toList();
    }
}
