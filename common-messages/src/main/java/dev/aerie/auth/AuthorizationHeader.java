package dev.aerie.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Values of the header `Authorization` that a client of HTTP sends.
public final class AuthorizationHeader {

    private AuthorizationHeader() {}

    /// - `pair`: `user:password`
    public static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /// With a token, and nothing else.
    public static String bearer(String token) {
        return "Bearer " + token;
    }

    /// Of the token, else of user and password; empty without either.
    public static Optional<String> of(Optional<String> token, Optional<String> user, Optional<String> password) {
        return token.map(AuthorizationHeader::bearer)
                .or(() -> user.map(name -> basic(name + ":" + password.orElse(""))));
    }

    /// Of `AERIE_TOKEN`, else of `AERIE_USERNAME` and `AERIE_PASSWORD`; empty where none is set.
    public static Optional<String> of(Map<String, String> environment) {
        return of(
                set(environment, "AERIE_TOKEN"),
                set(environment, "AERIE_USERNAME"),
                set(environment, "AERIE_PASSWORD"));
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
