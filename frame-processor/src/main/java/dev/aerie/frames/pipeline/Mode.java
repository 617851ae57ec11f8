package dev.aerie.frames.pipeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is done with a stream's pictures.
public enum Mode {
    /// Nothing: they are received and put aside.
    OFF,
    /// Objects are found in each picture by itself; nothing is remembered from one to the next.
    IMAGE,
    /// Objects are found and followed.
    VIDEO;

    /// As requests name it.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> find(String wireName) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName().equals(wireName))
                .findFirst();
    }
}
