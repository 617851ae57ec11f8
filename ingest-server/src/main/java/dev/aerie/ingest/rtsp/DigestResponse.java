package dev.aerie.ingest.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A client's `Authorization: Digest …` (RFC 7616, 3.4; without qop RFC 2069), as cameras and players send it.
record DigestResponse(Map<String, String> parameters) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*))");

    /// Reads what follows the word `Digest`.
    static DigestResponse parse(String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        var matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            parameters.put(matcher.group(1), quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(3));
        }
        return new DigestResponse(parameters);
    }

    String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// Whether the response was made with this password for this method; false for an algorithm we do not know.
    boolean isMadeWith(String method, Credentials credentials) {
        Optional<String> expected = expected(method, credentials);
        return expected.isPresent() && sameSecret(expected.get(), get("response"));
    }

    /// The response that this password gives; empty for an algorithm or a quality that we do not know.
    Optional<String> expected(String method, Credentials credentials) {
        String algorithm = parameters.getOrDefault("algorithm", "MD5").toUpperCase(java.util.Locale.ROOT);
        boolean session = algorithm.endsWith("-SESS");
        String hash = session ? algorithm.substring(0, algorithm.length() - 5) : algorithm;
        if (!hash.equals("MD5") && !hash.equals("SHA-256")) {
            return Optional.empty();
        }
        String secret = hash(hash, credentials.user() + ":" + get("realm") + ":" + credentials.password());
        if (session) {
            secret = hash(hash, secret + ":" + get("nonce") + ":" + get("cnonce"));
        }
        String request = hash(hash, method + ":" + get("uri"));
        String quality = get("qop");
        if (!quality.isEmpty() && !quality.equals("auth")) {
            return Optional.empty();
        }
        String middle =
                quality.isEmpty() ? get("nonce") : String.join(":", get("nonce"), get("nc"), get("cnonce"), quality);
        return Optional.of(hash(hash, secret + ":" + middle + ":" + request));
    }

    /// Compares without telling by its duration where two strings differ.
    static boolean sameSecret(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
