package dev.aerie.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The parameters of a `Digest` header, a server's challenge or a client's response (RFC 7616, section 3; without qop
/// RFC 2069), and the response computed from them. Algorithms: MD5, SHA-256 and their `-sess` variants; qop: `auth`.
public record DigestAuth(Map<String, String> parameters) {

    private static final String SESSION_SUFFIX = "-SESS";

    /// Parameters that stand without quotes (RFC 7616, section 3.4).
    private static final List<String> UNQUOTED = List.of("algorithm", "qop", "nc");

    /// Reads what follows the word `Digest`.
    public static DigestAuth parse(String text) {
        return new DigestAuth(AuthParameters.parse(text));
    }

    /// The parameter of this name, empty without one.
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    /// `MD5` where none is named.
    String algorithm() {
        return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    /// A client's answer to this challenge.
    ///
    /// - `count`: of requests with this nonce, from 1
    /// - `clientNonce`: different for every request
    DigestAuth answer(String method, String uri, Credentials credentials, int count, String clientNonce) {
        Map<String, String> answer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String copied : List.of("realm", "nonce", "opaque", "algorithm")) {
            if (parameters.containsKey(copied)) {
                answer.put(copied, get(copied));
            }
        }
        answer.put("username", credentials.user());
        answer.put("uri", uri);
        if (Stream.of(get("qop").split(",", -1))
                .anyMatch(quality -> quality.strip().equals("auth"))) {
            answer.put("qop", "auth");
            answer.put("nc", String.format(Locale.ROOT, "%08x", count));
        }
        if (answer.containsKey("qop") || algorithm().endsWith(SESSION_SUFFIX)) {
            answer.put("cnonce", clientNonce);
        }
        var unsigned = new DigestAuth(answer);
        unsigned.response(method, credentials).ifPresent(response -> answer.put("response", response));
        return unsigned;
    }

    /// Whether a client made its response with these credentials for this method; false for an unknown algorithm.
    public boolean isMadeWith(String method, Credentials credentials) {
        return response(method, credentials)
                .filter(expected -> Secrets.areEqual(expected, get("response")))
                .isPresent();
    }

    /// The response that these credentials give with the parameters of a client; empty for an unknown algorithm or qop.
    public Optional<String> response(String method, Credentials credentials) {
        boolean session = algorithm().endsWith(SESSION_SUFFIX);
        String hash = session ? algorithm().substring(0, algorithm().length() - SESSION_SUFFIX.length()) : algorithm();
        String quality = get("qop");
        if ((!hash.equals("MD5") && !hash.equals("SHA-256")) || (!quality.isEmpty() && !quality.equals("auth"))) {
            return Optional.empty();
        }
        String secret = hash(hash, credentials.user() + ":" + get("realm") + ":" + credentials.password());
        if (session) {
            secret = hash(hash, secret + ":" + get("nonce") + ":" + get("cnonce"));
        }
        String request = hash(hash, method + ":" + get("uri"));
        String middle =
                quality.isEmpty() ? get("nonce") : String.join(":", get("nonce"), get("nc"), get("cnonce"), quality);
        return Optional.of(hash(hash, secret + ":" + middle + ":" + request));
    }

    /// The value of the header, from the word `Digest` on; the user name first, as some cameras expect it.
    String toHeader() {
        var text = new StringBuilder("Digest username=").append(quoted(get("username")));
        parameters.forEach((name, value) -> {
            if (!name.equals("username")) {
                text.append(", ").append(name).append('=').append(UNQUOTED.contains(name) ? value : quoted(value));
            }
        });
        return text.toString();
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
