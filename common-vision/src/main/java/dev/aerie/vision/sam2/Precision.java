package dev.aerie.vision.sam2;

import dev.aerie.vision.models.ModelGraphs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Inference precision: of weights and activations.
public enum Precision {
    /// 32 bits, as the publishers' models.
    FP32,
    /// 8 bits in the slowest operations: faster, slightly less accurate at the edges of masks; CPU only.
    INT8;

    /// As an operator may write them.
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(Precision::toString).toList();
    }

    /// Reads one of [#wireNames]; throws [IllegalArgumentException] for anything else.
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the precision is '" + text + "', allowed: " + String.join(", ", wireNames())));
    }

    /// The graph of `modelGraphs` with this precision: [ModelGraphs#graph] or [ModelGraphs#lightGraph].
    public byte[] graph(ModelGraphs modelGraphs, int size, String name) {
        return switch (this) {
            case FP32 -> modelGraphs.graph(size, name);
            case INT8 -> modelGraphs.lightGraph(size, name);
        };
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
