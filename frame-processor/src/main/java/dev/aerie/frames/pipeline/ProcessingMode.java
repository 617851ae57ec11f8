package dev.aerie.frames.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is done with a stream's frames.
public enum ProcessingMode {
    /// Nothing: they are received and put aside.
    OFF,
    /// Objects are found in each frame by itself; nothing is remembered from one to the next.
    IMAGE,
    /// Objects are found and followed.
    VIDEO;

    /// As requests name it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Also by other words: `automatic` looks at each frame by itself, `interactive` and `tracking` follow objects,
    /// those that are clicked at among them.
    public static Optional<ProcessingMode> find(String word) {
        return switch (word) {
            case "automatic" -> Optional.of(IMAGE);
            case "interactive", "tracking" -> Optional.of(VIDEO);
            default ->
                Arrays.stream(values())
                        .filter(processingMode -> processingMode.wireName().equals(word))
                        .findFirst();
        };
    }
}
