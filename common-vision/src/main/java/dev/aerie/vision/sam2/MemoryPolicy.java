package dev.aerie.vision.sam2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which tracked frames are remembered.
public enum MemoryPolicy {
    /// Those whose mask is probably right, by [MemoryAdmissionConfig#SELECTIVE].
    SELECTIVE,
    /// All, as the publishers' predictors do.
    ALL;

    /// As an operator may write them.
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(MemoryPolicy::toString).toList();
    }

    /// Reads one of [#wireNames]; throws [IllegalArgumentException] for anything else.
    public static MemoryPolicy parse(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the memory is '" + text + "', allowed: " + String.join(", ", wireNames())));
    }

    /// Its thresholds.
    public MemoryAdmissionConfig config() {
        return this == SELECTIVE ? MemoryAdmissionConfig.SELECTIVE : MemoryAdmissionConfig.ALL;
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
