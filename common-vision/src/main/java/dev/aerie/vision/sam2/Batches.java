package dev.aerie.vision.sam2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Objects that are worked on together: all attend to as much, and there are not too many of them.
///
/// The networks take no padding, and padded keys would cost as much as true ones.
record Batches(List<Batch> batches) {

    Batches {
        batches = List.copyOf(batches);
    }

    /// - `objects`: their identities
    record Batch(List<Long> objects, List<MemorySelection> recalls) {

        Batch {
            objects = List.copyOf(objects);
            recalls = List.copyOf(recalls);
        }
    }

    /// All objects of `bank` at `time`; those that remember nothing of earlier frames are left out.
    static Batches of(MemoryBank bank, long time, int objectsPerBatch) {
        Map<MemorySelection.Form, Map<Long, MemorySelection>> byForm = new LinkedHashMap<>();
        for (long object : bank.objects()) {
            MemorySelection memorySelection = bank.recall(object, time);
            if (!memorySelection.memories().isEmpty()) {
                byForm.computeIfAbsent(memorySelection.form(), _ -> new LinkedHashMap<>())
                        .put(object, memorySelection);
            }
        }
        var batches = new ArrayList<Batch>();
        byForm.values().forEach(alike -> split(alike, objectsPerBatch, batches));
        return new Batches(batches);
    }

    private static void split(Map<Long, MemorySelection> alike, int objectsPerBatch, List<Batch> into) {
        List<Long> objects = List.copyOf(alike.keySet());
        for (int from = 0; from < objects.size(); from += objectsPerBatch) {
            List<Long> some = objects.subList(from, Math.min(objects.size(), from + objectsPerBatch));
            into.add(new Batch(some, some.stream().map(alike::get).toList()));
        }
    }
}
