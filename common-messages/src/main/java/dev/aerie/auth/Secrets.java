package dev.aerie.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// Making and comparing secrets.
public final class Secrets {

    private static final int PASSWORD_BITS = 128;

    private Secrets() {}

    /// A password that nobody guesses: 128 random bits as letters and digits.
    public static String password(SecureRandom random) {
        return new BigInteger(PASSWORD_BITS, random).toString(Character.MAX_RADIX);
    }

    /// Compares in a time that does not depend on where the two differ.
    public static boolean areEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
