package dev.aerie.vision.checkpoint;

import java.util.List;
import java.util.Map;

/// A value of a pickle that an [Unpickler] accepts.
sealed interface Pickled {

    record Text(String value) implements Pickled {}

    record Whole(long value) implements Pickled {}

    /// A number or truth value that no tensor needs, or Python's `None`.
    record Other(String value) implements Pickled {}

    /// A tuple or a list; a list still grows.
    record Sequence(List<Pickled> items) implements Pickled {}

    /// A dictionary; keys that are not text are skipped.
    record Mapping(Map<String, Pickled> items) implements Pickled {}

    /// A function or class by its name; it is known, never loaded.
    record Global(String name) implements Pickled {}

    record Storage(String key, NumberKind kind, long elements) implements Pickled {}

    record Tensor(StoredTensor value) implements Pickled {}

    /// Description of an unexpected value in an error.
    default String describe() {
        return switch (this) {
            case Text(String value) -> "the text '" + value + "'";
            case Whole(long value) -> "the number " + value;
            case Other(String value) -> value;
            case Sequence(List<Pickled> items) -> "a list of " + items.size();
            case Mapping(Map<String, Pickled> items) -> "a dictionary of " + items.size();
            case Global(String name) -> name;
            case Storage(String key, NumberKind _, long _) -> "storage " + key;
            case Tensor(StoredTensor value) -> "a tensor of shape " + value.shape();
        };
    }
}
