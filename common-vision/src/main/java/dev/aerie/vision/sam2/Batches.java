package dev.aerie.vision.sam2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// Batches of objects with equal numbers of memories and pointers, of bounded size.
///
/// The networks take no padding, and padded keys would cost as much as real ones.
record Batches(List<Batch> batches) {

    Batches {
        batches = List.copyOf(batches);
    }

    /// - `objects`: their identities
    record Batch(List<Long> objects, List<MemorySelection> selections) {

        Batch {
            objects = List.copyOf(objects);
            selections = List.copyOf(selections);
        }
    }

    /// The objects of `bank` that are `wanted` at `time` and have memories of earlier frames.
    static Batches of(MemoryBank bank, long time, int objectsPerBatch, LongPredicate wanted) {
        Map<MemorySelection.BatchKey, Map<Long, MemorySelection>> byKey = new LinkedHashMap<>();
        for (long object : bank.objects()) {
            if (!wanted.test(object)) {
                continue;
            }
            MemorySelection selection = bank.select(object, time);
            if (selection.hasMemories()) {
                byKey.computeIfAbsent(selection.batchKey(), _ -> new LinkedHashMap<>())
                        .put(object, selection);
            }
        }
        var batches = new ArrayList<Batch>();
        byKey.values().forEach(group -> split(group, objectsPerBatch, batches));
        return new Batches(batches);
    }

    private static void split(Map<Long, MemorySelection> group, int objectsPerBatch, List<Batch> into) {
        List<Long> objects = List.copyOf(group.keySet());
        for (int from = 0; from < objects.size(); from += objectsPerBatch) {
            List<Long> some = objects.subList(from, Math.min(objects.size(), from + objectsPerBatch));
            into.add(new Batch(some, some.stream().map(group::get).toList()));
        }
    }
}
