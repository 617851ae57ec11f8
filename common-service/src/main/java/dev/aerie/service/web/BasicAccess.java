package dev.aerie.service.web;

import dev.aerie.auth.ApiToken;
import dev.aerie.auth.Role;
import dev.aerie.auth.Secrets;
import dev.aerie.auth.TokenFile;
import dev.aerie.limits.Guesses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Requires credentials for pages, HTTP requests and WebSockets; lets everybody in if none are configured. They are
/// user name and password, which may do everything, or an [ApiToken] as `Bearer`, or with its name as a user's
/// password (HTTP Basic, RFC 7617), which browsers ask for and send with WebSockets, too. A token may do what its
/// [Role] may.
///
/// - 401: no credentials, or wrong ones
/// - 403: the role is not enough for this endpoint ([EndpointRoles])
/// - 429: too many wrong ones came from this address, further ones are not looked at ([Guesses]). Tokens are: nobody
///   guesses 256 bits.
///
/// The health endpoint stays open: probes send no password, and its answer contains no secret.
public final class BasicAccess {

    /// Runs before every other filter.
    static final int PRIORITY = 1000;

    private static final String OPEN_TO_PROBES = "/q/health";
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final Optional<String> expectedPassword;
    private final Optional<TokenFile> tokens;
    private final EndpointRoles roles = EndpointRoles.ofThisService();
    private final Guesses guesses = new Guesses(System::nanoTime);

    /// - `user`, `tokens`: neither lets everybody in
    public BasicAccess(Optional<String> user, Optional<String> password, Optional<TokenFile> tokens) {
        expectedPassword = user.map(name -> base64(name + ":" + password.orElse("")));
        this.tokens = tokens;
    }

    /// Adds the check to all HTTP routes.
    public void guard(Filters filters) {
        if (expectedPassword.isPresent() || tokens.isPresent()) {
            filters.register(this::filter, PRIORITY);
        }
    }

    private void filter(RoutingContext request) {
        if (isHealth(request.normalizedPath())) {
            request.next();
            return;
        }
        String credentials = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        var token = credentials == null ? Optional.<ApiToken>empty() : token(credentials);
        if (token.isPresent()) {
            admit(request, token.get().role());
            return;
        }
        var client = RequestLimits.address(request.request().remoteAddress());
        if (credentials == null) {
            askForCredentials(request);
        } else if (!guesses.mayGuess(client)) {
            request.response().putHeader("Retry-After", "2");
            RequestGate.refuse(request, 429, "Too Many Requests", "too many wrong credentials came from this address");
        } else if (isPassword(credentials)) {
            admit(request, Role.ADMIN);
        } else {
            guesses.wrong(client);
            askForCredentials(request);
        }
    }

    private void admit(RoutingContext request, Role role) {
        var needed = roles.needed(request.request().method().name(), request.normalizedPath());
        if (role.covers(needed)) {
            request.next();
        } else {
            RequestGate.refuse(request, 403, "Forbidden", "this needs the role " + needed.word());
        }
    }

    private static void askForCredentials(RoutingContext request) {
        request.response().putHeader("WWW-Authenticate", "Basic realm=\"aerie\", charset=\"UTF-8\"");
        RequestGate.refuse(request, 401, "Unauthorized", "user and password, or a token, are expected (HTTP Basic)");
    }

    /// What is still encoded in a normalized path may lead out of it for who decodes later.
    static boolean isHealth(String path) {
        return path.equals(OPEN_TO_PROBES) || (path.startsWith(OPEN_TO_PROBES + "/") && path.indexOf('%') < 0);
    }

    private boolean isPassword(String credentials) {
        return expectedPassword.isPresent()
                && afterScheme(BASIC, credentials)
                        .filter(given -> Secrets.areEqual(expectedPassword.get(), given))
                        .isPresent();
    }

    private Optional<ApiToken> token(String credentials) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        var bearer = afterScheme(BEARER, credentials);
        return bearer.isPresent()
                ? tokens.get().find(bearer.get())
                : afterScheme(BASIC, credentials).flatMap(this::namedToken);
    }

    private Optional<ApiToken> namedToken(String base64) {
        String pair = decoded(base64);
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : tokens.orElseThrow()
                        .find(pair.substring(colon + 1))
                        .filter(token -> token.name().equals(pair.substring(0, colon)));
    }

    private static Optional<String> afterScheme(String scheme, String credentials) {
        return credentials.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(credentials.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
