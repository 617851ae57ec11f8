package dev.aerie.rtsp.tcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a server asks a client to prove itself with: Digest (RFC 7616, and RFC 2069 of old servers) or Basic.
record RtspChallenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]*))");
    private static final String ONCE = "00000001";

    /// The best of several that we can answer: SHA-256 before MD5 before Basic; empty for none.
    static Optional<RtspChallenge> best(List<String> headers) {
        var all = headers.stream().map(RtspChallenge::parse).toList();
        return all.stream()
                .filter(one -> one.isDigestBy("SHA-256"))
                .findFirst()
                .or(() -> all.stream().filter(one -> one.isDigestBy("MD5")).findFirst())
                .or(() ->
                        all.stream().filter(one -> one.scheme().equals("basic")).findFirst());
    }

    /// The value of the header `Authorization`.
    ///
    /// - `ownNonce`: never the same for two requests
    String answer(String method, String location, RtspUrl who, String ownNonce) {
        if (scheme.equals("basic")) {
            byte[] secret = (who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(secret);
        }
        String secret = hash(who.user() + ":" + get("realm") + ":" + who.password());
        String request = hash(method + ":" + location);
        boolean quality = List.of(get("qop").split("\\s*,\\s*", -1)).contains("auth");
        String middle = quality ? get("nonce") + ":" + ONCE + ":" + ownNonce + ":auth" : get("nonce");
        var answer = new StringBuilder("Digest username=\"")
                .append(who.user().replace("\"", "\\\""))
                .append("\", realm=\"" + get("realm") + "\", nonce=\"" + get("nonce"))
                .append("\", uri=\"" + location + "\", response=\"" + hash(secret + ":" + middle + ":" + request)
                        + "\"");
        if (parameters.containsKey("algorithm")) {
            answer.append(", algorithm=" + get("algorithm"));
        }
        if (parameters.containsKey("opaque")) {
            answer.append(", opaque=\"" + get("opaque") + "\"");
        }
        return quality
                ? answer.append(", qop=auth, nc=" + ONCE + ", cnonce=\"" + ownNonce + "\"")
                        .toString()
                : answer.toString();
    }

    private static RtspChallenge parse(String header) {
        int space = header.indexOf(' ');
        String scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        var matcher = PARAMETER.matcher(space < 0 ? "" : header.substring(space));
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        }
        return new RtspChallenge(scheme, parameters);
    }

    private boolean isDigestBy(String algorithm) {
        return scheme.equals("digest") && algorithm().equals(algorithm);
    }

    private String algorithm() {
        return parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    }

    private String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    private String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm()).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm(), e);
        }
    }
}
