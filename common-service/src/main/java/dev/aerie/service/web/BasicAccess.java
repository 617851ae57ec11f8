package dev.aerie.service.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// Lets in who knows user and password (HTTP Basic, RFC 7617), to pages, HTTP and WebSockets alike; open where none
/// is set. Health stays open: who probes it carries no password, and it tells no secret.
public final class BasicAccess {

    /// Before everything else.
    static final int PRIORITY = 1000;

    private static final String OPEN_TO_PROBES = "/q/health";
    private static final String SCHEME = "Basic ";
    private static final int UNAUTHORIZED = 401;
    private static final String ANSWER = "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
            + "\"detail\":\"user and password are expected (HTTP Basic)\"}";

    private final Optional<byte[]> expected;

    /// - `user`: empty lets everyone in
    public BasicAccess(Optional<String> user, Optional<String> password) {
        expected = user.map(name -> token(name + ":" + password.orElse("")));
    }

    /// Puts itself in front of everything that HTTP serves.
    public void guard(Filters filters) {
        if (expected.isPresent()) {
            filters.register(this::filter, PRIORITY);
        }
    }

    private void filter(RoutingContext request) {
        if (request.normalizedPath().startsWith(OPEN_TO_PROBES) || isKnown(request)) {
            request.next();
            return;
        }
        var _ = request.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader("WWW-Authenticate", "Basic realm=\"aerie\", charset=\"UTF-8\"")
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(ANSWER);
    }

    /// Compares in a time that tells nothing.
    private boolean isKnown(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.US_ASCII);
        return expected.isPresent() && MessageDigest.isEqual(given, expected.get());
    }

    private static byte[] token(String credentials) {
        return Base64.getEncoder().encode(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
