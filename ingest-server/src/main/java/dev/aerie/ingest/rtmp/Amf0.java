package dev.aerie.ingest.rtmp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value in Action Message Format 0 (Adobe, 2007), as far as commands of publishers have them.
sealed interface Amf0 {

    record Numeric(double value) implements Amf0 {}

    record Bool(boolean value) implements Amf0 {}

    record Text(String value) implements Amf0 {}

    /// An object or an ECMA array.
    record Fields(Map<String, Amf0> values) implements Amf0 {

        public Fields {
            values = Map.copyOf(values);
        }

        /// The text of this name; empty where there is none.
        Optional<String> text(String name) {
            return values.get(name) instanceof Text(String value) ? Optional.of(value) : Optional.empty();
        }
    }

    /// A strict array.
    record Items(List<Amf0> values) implements Amf0 {

        public Items {
            values = List.copyOf(values);
        }
    }

    /// Null, undefined, or a date, which nobody here asks for.
    record Nothing() implements Amf0 {}
}
