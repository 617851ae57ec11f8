package dev.aerie.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A server's challenge (`WWW-Authenticate`) that a client can answer: Digest by SHA-256 or MD5, or Basic (RFC 7617).
public final class AuthChallenge {

    private static final String BASIC = "basic";

    private final String scheme;
    private final DigestAuth digest;
    private final AtomicInteger answers = new AtomicInteger();

    private AuthChallenge(String scheme, DigestAuth digest) {
        this.scheme = scheme;
        this.digest = digest;
    }

    /// The strongest of several: SHA-256 before MD5 before Basic; empty if none of them can be answered.
    public static Optional<AuthChallenge> best(List<String> headers) {
        var all = headers.stream().map(AuthChallenge::parse).toList();
        return all.stream()
                .filter(one -> one.isDigestBy("SHA-256"))
                .findFirst()
                .or(() -> all.stream().filter(one -> one.isDigestBy("MD5")).findFirst())
                .or(() -> all.stream().filter(one -> one.scheme.equals(BASIC)).findFirst());
    }

    /// The value of the header `Authorization`.
    ///
    /// - `clientNonce`: different for every request
    public String answer(String method, String uri, Credentials credentials, String clientNonce) {
        if (scheme.equals(BASIC)) {
            byte[] secret = (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(secret);
        }
        return digest.answer(method, uri, credentials, answers.incrementAndGet(), clientNonce)
                .toHeader();
    }

    private static AuthChallenge parse(String header) {
        int space = header.indexOf(' ');
        String scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
        return new AuthChallenge(scheme, DigestAuth.parse(space < 0 ? "" : header.substring(space)));
    }

    private boolean isDigestBy(String algorithm) {
        return scheme.equals("digest") && digest.algorithm().equals(algorithm);
    }
}
