package dev.aerie.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Comparison of secrets.
public final class Secrets {

    private Secrets() {}

    /// Compares in a time that does not depend on where the two differ.
    public static boolean areEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
