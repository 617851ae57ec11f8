package dev.aerie.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who has a token, and what that allows; the token itself is not kept. It has 256 random bits, so that a plain hash
/// hides it.
///
/// - `sha256`: of the token, in hex
public record ApiToken(String name, Role role, String sha256) {

    /// What names look like.
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private static final Pattern LINE = Pattern.compile("(" + NAME + ") ([a-z]+) sha256:([0-9a-f]{64})");
    private static final int TOKEN_BYTES = 32;
    private static final String PREFIX = "aerie_";

    /// A new token for a client to keep.
    public static String make(SecureRandom random) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What is kept of a token.
    public static ApiToken of(String name, Role role, String token) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("a name must match " + NAME);
        }
        return new ApiToken(name, role, hash(token));
    }

    /// Reads a line of a file; empty where it is none.
    static Optional<ApiToken> parse(String line) {
        var found = LINE.matcher(line);
        return found.matches()
                ? Role.of(found.group(2)).map(role -> new ApiToken(found.group(1), role, found.group(3)))
                : Optional.empty();
    }

    String toLine() {
        return name + " " + role.word() + " sha256:" + sha256;
    }

    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
