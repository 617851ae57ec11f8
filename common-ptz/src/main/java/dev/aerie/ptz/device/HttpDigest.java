package dev.aerie.ptz.device;

import com.sun.net.httpserver.HttpExchange;
import dev.aerie.auth.Credentials;
import dev.aerie.auth.DigestAuth;
import dev.aerie.auth.Nonces;
import dev.aerie.auth.Nonces.Verdict;
import dev.aerie.auth.Secrets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/// The server's side of HTTP Digest (RFC 7616): SHA-256 and MD5, qop `auth`. Thread-safe.
public final class HttpDigest {

    /// Clients of HTTP use a nonce on several connections.
    private static final long ANY_CONNECTION = 0;

    private static final String REALM = "aerie";
    private static final String SCHEME = "digest ";
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);

    private final Credentials credentials;
    private final Nonces nonces;

    public HttpDigest(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.nonces = new Nonces(clock, NONCE_LIFETIME, new SecureRandom());
    }

    /// Whether the request proves the credentials.
    public boolean isAllowed(HttpExchange exchange) {
        return isRight(exchange) && verdict(exchange) == Verdict.VALID;
    }

    /// Adds what asks for the credentials to the headers of a 401; SHA-256 first, for clients that take the first.
    public void challenge(HttpExchange exchange) {
        boolean stale = isRight(exchange) && verdict(exchange) == Verdict.STALE;
        String common = "Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\"" + nonces.make(ANY_CONNECTION) + "\""
                + (stale ? ", stale=true" : "") + ", algorithm=";
        exchange.getResponseHeaders().add("WWW-Authenticate", common + "SHA-256");
        exchange.getResponseHeaders().add("WWW-Authenticate", common + "MD5");
    }

    private boolean isRight(HttpExchange exchange) {
        var digest = given(exchange);
        return Secrets.areEqual(credentials.user(), digest.get("username"))
                && digest.get("realm").equals(REALM)
                && digest.get("uri").equals(exchange.getRequestURI().toString())
                && digest.isMadeWith(exchange.getRequestMethod(), credentials);
    }

    private Verdict verdict(HttpExchange exchange) {
        return nonces.check(given(exchange).get("nonce"), ANY_CONNECTION);
    }

    private static DigestAuth given(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        boolean digest = header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        return DigestAuth.parse(digest ? header.substring(SCHEME.length()) : "");
    }
}
