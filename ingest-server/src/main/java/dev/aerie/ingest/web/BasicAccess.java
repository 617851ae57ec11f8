package dev.aerie.ingest.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/// Lets in who knows user and password (HTTP Basic, RFC 7617), to pages, HTTP and WebSockets alike; open where none
/// is set. Health stays open: who probes it carries no password, and it tells no secret.
@Singleton
final class BasicAccess {

    /// Before everything else.
    private static final int PRIORITY = 1000;

    private final Optional<byte[]> expected;

    BasicAccess(WebCredentials credentials) {
        expected = credentials.basicToken().map(token -> token.getBytes(StandardCharsets.US_ASCII));
    }

    void install(@Observes Filters filters) {
        if (expected.isPresent()) {
            filters.register(this::filter, PRIORITY);
        }
    }

    private void filter(RoutingContext request) {
        if (request.normalizedPath().startsWith("/q/health") || isAllowed(request)) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(Response.Status.UNAUTHORIZED.getStatusCode())
                .putHeader("WWW-Authenticate", "Basic realm=\"aerie\", charset=\"UTF-8\"")
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"detail\":\"user and password are expected (HTTP Basic)\"}");
    }

    /// Compares in a time that tells nothing.
    private boolean isAllowed(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        byte[] given = header.substring(6).strip().getBytes(StandardCharsets.US_ASCII);
        return expected.isPresent() && MessageDigest.isEqual(given, expected.get());
    }
}
