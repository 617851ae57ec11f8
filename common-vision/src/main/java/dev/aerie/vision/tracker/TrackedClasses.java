package dev.aerie.vision.tracker;

import dev.aerie.vision.onnx.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The classes of a detector that are tracked by default: `DETECT_CLASSES`.
///
/// - `names`: in lower case; empty for all
record TrackedClasses(Optional<Set<String>> names) {

    static final String ALL = "all";
    static final String STREET = "street";

    /// People, vehicles and animals of a street. A small detector reports houses as trains and trees as giraffes:
    /// leaving out a class avoids its false positives.
    private static final List<String> STREET_CLASSES =
            List.of("person", "bicycle", "car", "motorcycle", "bus", "truck", "cat", "dog", "horse");

    /// Parses `all`, `street`, or a comma-separated list of names.
    ///
    /// - `labels`: the detector's class names, in lower case; where none is a class of the street, `street` is all
    /// - throws [ModelException] for a name that is not a class of the detector
    static TrackedClasses parse(String setting, String detector, List<String> labels) throws ModelException {
        if (setting.equals(ALL)) {
            return new TrackedClasses(Optional.empty());
        }
        if (setting.equals(STREET)) {
            boolean knowsAny = labels.stream().anyMatch(STREET_CLASSES::contains);
            return new TrackedClasses(knowsAny ? Optional.of(Set.copyOf(STREET_CLASSES)) : Optional.empty());
        }
        var names = Set.copyOf(split(setting));
        var unknown =
                names.stream().filter(name -> !labels.contains(name)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new ModelException("DETECT_CLASSES=" + setting + ": '" + String.join("', '", unknown)
                    + "' is not a class of " + detector + "; allowed are " + ALL + ", " + STREET + ", or some of "
                    + String.join(", ", labels));
        }
        return new TrackedClasses(Optional.of(names));
    }

    /// The names that a detector of any words looks for: those of the street, or of the list.
    ///
    /// Throws [ModelException] for `all`, because such a detector has no classes of its own.
    static List<String> words(String setting, String detector) throws ModelException {
        if (setting.equals(ALL)) {
            throw new ModelException("DETECT_CLASSES=" + ALL + ": " + detector
                    + " finds what is named; name it: DETECT_CLASSES=\"person, red car\", or " + STREET);
        }
        return setting.equals(STREET) ? STREET_CLASSES : split(setting);
    }

    private static List<String> split(String setting) {
        return Stream.of(setting.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    boolean includes(String label) {
        return names.isEmpty() || names.get().contains(label.toLowerCase(Locale.ROOT));
    }
}
