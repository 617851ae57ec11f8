package dev.aerie.vision.sam2;

import dev.aerie.vision.models.ModelGraphs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// In what numbers the networks multiply by what they have learned.
public enum Precision {
    /// 32 bits, as their publishers do.
    FP32,
    /// 8 bits where much time goes into it: faster on a processor, masks differ at their edges. Not on other devices.
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

    /// The graph of `structure` that multiplies in these numbers: [ModelGraphs#graph] or [ModelGraphs#lightGraph].
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
