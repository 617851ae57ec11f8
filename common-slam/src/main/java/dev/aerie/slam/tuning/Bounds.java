package dev.aerie.slam.tuning;

/// Checks of a threshold's range; each throws [IllegalArgumentException] with the threshold's name and value.
final class Bounds {

    private Bounds() {}

    static void positive(String name, double value) {
        require(value > 0 && Double.isFinite(value), name + " must be > 0", value);
    }

    static void notNegative(String name, double value) {
        require(value >= 0 && Double.isFinite(value), name + " must be >= 0", value);
    }

    static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0, was " + value);
        }
    }

    static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, was " + value);
        }
    }

    /// A ratio, a fraction or a cosine.
    static void fraction(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be 0..1", value);
    }

    static void atLeast(String name, double value, double min) {
        require(value >= min, name + " must be >= " + min, value);
    }

    private static void require(boolean isValid, String rule, double value) {
        if (!isValid) {
            throw new IllegalArgumentException(rule + ", was " + value);
        }
    }
}
