package dev.aerie.vision.tracker;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Processing mode of a stream.
public enum ProcessingMode {
    /// Frames are received and not processed.
    OFF,
    /// Objects are detected in each frame independently.
    IMAGE,
    /// Everything in each frame is segmented independently, without prompts.
    SEGMENT,
    /// Objects are detected and tracked.
    VIDEO;

    /// As requests name it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Aliases: `automatic` is `image`; `interactive` and `tracking` are `video`.
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
