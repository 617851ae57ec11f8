package dev.aerie.vision.sam2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How a frame is remembered in which a tracked object was prompted again.
public enum CorrectionRule {
    /// As a conditioning frame, which the object attends to for good: as in the publishers' fine-tuning, and in their
    /// predictors with `add_all_frames_to_correct_as_cond`.
    CONDITIONING,
    /// As a tracked frame, which newer ones replace: as in the publishers' predictors by default.
    PUBLISHER;

    /// As an operator may write them.
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(CorrectionRule::toString).toList();
    }

    /// Reads one of [#wireNames]; throws [IllegalArgumentException] for anything else.
    public static CorrectionRule parse(String text) {
        return Arrays.stream(values())
                .filter(rule -> rule.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the rule of corrections is '" + text + "', allowed: " + String.join(", ", wireNames())));
    }

    /// As an operator writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
