package dev.aerie.messages;

import org.jspecify.annotations.Nullable;

/// The checks that records make; each throws [IllegalArgumentException] that names the field as it stands on the wire.
final class Require {

    private Require() {}

    /// A value that must be there.
    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static String text(String field, @Nullable String value) {
        String text = present(field, value);
        if (text.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
        return text;
    }

    /// A number: neither NaN nor infinite.
    static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " must be a finite number, was " + value);
        }
        return value;
    }

    static double within(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(field + " must be " + min + ".." + max + ", was " + value);
        }
        return value;
    }

    /// [#within] for a value that may be left out.
    static void withinIfPresent(String field, @Nullable Double value, double min, double max) {
        if (value != null) {
            within(field, value, min, max);
        }
    }

    static double atLeast(String field, double value, double min) {
        return within(field, value, min, Double.MAX_VALUE);
    }

    static long atLeast(String field, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(field + " must be >= " + min + ", was " + value);
        }
        return value;
    }

    /// A condition between fields; `rule` is a sentence that begins with the field.
    static void rule(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
