package dev.aerie.service.web;

import dev.aerie.auth.Secrets;
import dev.aerie.limits.Guesses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Requires user name and password (HTTP Basic, RFC 7617) for pages, HTTP requests and WebSockets; lets everybody in if
/// none are configured. The health endpoint stays open: probes send no password, and its answer contains no secret.
/// Where too many wrong ones came from an address, it is answered with 429 and they are not looked at ([Guesses]).
public final class BasicAccess {

    /// Runs before every other filter.
    static final int PRIORITY = 1000;

    private static final String OPEN_TO_PROBES = "/q/health";
    private static final String SCHEME = "Basic ";
    private static final int UNAUTHORIZED = 401;
    private static final String ANSWER = "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
            + "\"detail\":\"user and password are expected (HTTP Basic)\"}";

    private final Optional<String> expectedToken;
    private final Guesses guesses = new Guesses(System::nanoTime);

    /// - `user`: empty lets everybody in
    public BasicAccess(Optional<String> user, Optional<String> password) {
        expectedToken = user.map(name -> token(name + ":" + password.orElse("")));
    }

    /// Adds the check to all HTTP routes.
    public void guard(Filters filters) {
        if (expectedToken.isPresent()) {
            filters.register(this::filter, PRIORITY);
        }
    }

    private void filter(RoutingContext request) {
        if (isHealth(request.normalizedPath())) {
            request.next();
            return;
        }
        boolean isGuess = request.request().headers().contains(HttpHeaders.AUTHORIZATION);
        var client = RequestLimits.address(request.request().remoteAddress());
        if (isGuess && !guesses.mayGuess(client)) {
            request.response().putHeader("Retry-After", "2");
            RequestGate.refuse(request, 429, "Too Many Requests", "too many wrong credentials came from this address");
            return;
        }
        if (isKnown(request)) {
            request.next();
            return;
        }
        if (isGuess) {
            guesses.wrong(client);
        }
        var _ = request.response()
                .setStatusCode(UNAUTHORIZED)
                .putHeader("WWW-Authenticate", "Basic realm=\"aerie\", charset=\"UTF-8\"")
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(ANSWER);
    }

    /// What is still encoded in a normalized path may lead out of it for who decodes later.
    static boolean isHealth(String path) {
        return path.equals(OPEN_TO_PROBES) || (path.startsWith(OPEN_TO_PROBES + "/") && path.indexOf('%') < 0);
    }

    /// Whether the request carries the expected user name and password.
    private boolean isKnown(RoutingContext request) {
        String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String givenToken = header.substring(SCHEME.length()).strip();
        return expectedToken.isPresent() && Secrets.areEqual(expectedToken.get(), givenToken);
    }

    private static String token(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
