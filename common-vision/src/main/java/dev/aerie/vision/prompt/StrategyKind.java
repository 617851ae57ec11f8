package dev.aerie.vision.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Prompt strategies.
public enum StrategyKind {
    /// Points of a grid over the frame, a few at a time.
    AUTO_GRID,
    /// Moving objects.
    MOTION,
    /// Salient regions.
    SALIENCY,
    /// Detector, motion and saliency together, in this order of trust.
    HYBRID,
    /// Detections.
    DETECTOR,
    /// Objects that words describe.
    TEXT,
    /// No proposals: only users prompt objects.
    NONE;

    /// As the setting names it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Throws [IllegalArgumentException] for an unknown name.
    public static StrategyKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(StrategyKind::wireName).toList();
    }
}
