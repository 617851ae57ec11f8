package dev.aerie.frames.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// Lets in who knows user and password (Basic, RFC 7617), where they are set; probes of health always.
public final class BasicAccess {

    private static final String OPEN_TO_PROBES = "/q/health";
    private static final int UNAUTHORIZED = 401;
    private static final String ANSWER = "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
            + "\"detail\":\"user and password are expected\"}";

    private final Optional<byte[]> expected;

    /// - `user`: empty lets everyone in
    public BasicAccess(Optional<String> user, Optional<String> password) {
        expected = user.map(name -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString((name + ":" + password.orElse("")).getBytes(StandardCharsets.UTF_8)))
                .map(header -> header.getBytes(StandardCharsets.UTF_8));
    }

    /// Passes a request on, or answers it with 401.
    public void filter(RoutingContext request) {
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

    private boolean isKnown(RoutingContext request) {
        String given = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (expected.isEmpty()) {
            return true;
        }
        return given != null && MessageDigest.isEqual(expected.get(), given.getBytes(StandardCharsets.UTF_8));
    }
}
