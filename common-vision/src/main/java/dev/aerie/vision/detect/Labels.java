package dev.aerie.vision.detect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Names of a model's classes.
final class Labels {

    /// `0: 'person'` of the dictionary that Ultralytics writes into a model's metadata under `names`.
    private static final Pattern NAMED = Pattern.compile("(\\d+):\\s*(['\"])(.*?)\\2");

    private final Map<Integer, String> names = new HashMap<>();

    private Labels() {}

    /// - `notes`: the model's metadata `names`, where it has them
    /// - `classes`: number of classes; 80 without metadata are COCO's
    static Labels of(Optional<String> notes, int classes) {
        var labels = new Labels();
        notes.ifPresent(text -> NAMED.matcher(text)
                .results()
                .forEach(named -> labels.names.put(Integer.valueOf(named.group(1)), named.group(3))));
        List<String> coco = CocoLabels.ALL;
        for (int i = 0; notes.isEmpty() && classes == coco.size() && i < classes; i++) {
            labels.names.put(i, coco.get(i));
        }
        return labels;
    }

    /// All names, by class number.
    List<String> all() {
        return names.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Those of the first `count` classes.
    List<String> first(int count) {
        return IntStream.range(0, count).mapToObj(this::label).toList();
    }

    /// `class 17` where it has no name.
    String label(long number) {
        return names.getOrDefault((int) number, "class " + number);
    }
}
