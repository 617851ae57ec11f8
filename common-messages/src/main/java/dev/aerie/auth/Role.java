package dev.aerie.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a client may do; each role may do what those before it may.
public enum Role {
    /// Looks: pages, video, results, recordings.
    VIEWER,
    /// Also commands: prompts, cameras, sources that are there; publishes video and sensors.
    OPERATOR,
    /// Also adds and removes sources and deletes recordings.
    ADMIN;

    /// Whether who has this role may do what needs the other.
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /// As written in files and messages.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
