package dev.aerie.frames.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What may propose objects.
public enum StrategyKind {
    /// Points of a grid over the frame, a handful at a time.
    AUTO_GRID,
    /// What moves in the world.
    MOTION,
    /// What stands out of its surroundings.
    SALIENCY,
    /// Detector, motion and saliency together, in this order of trust.
    HYBRID,
    /// What the detector finds.
    DETECTOR,
    /// What words describe.
    TEXT,
    /// Nothing: only people ask for objects.
    NONE;

    /// As the setting names it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Throws [IllegalArgumentException] for a name that is none.
    public static StrategyKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(StrategyKind::wireName).toList();
    }
}
