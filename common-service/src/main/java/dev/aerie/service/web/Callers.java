package dev.aerie.service.web;

import dev.aerie.auth.ApiToken;
import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.auth.Caller;
import dev.aerie.auth.Role;
import dev.aerie.auth.Secrets;
import dev.aerie.auth.TokenFile;
import dev.aerie.limits.Guesses;
import dev.aerie.service.oidc.OidcIssuer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Knows callers by the header `Authorization`: user and password, which may do everything, an [ApiToken] as `Bearer`
/// or with its name as a user's password (HTTP Basic, RFC 7617), a bearer token of the OpenID Connect issuer, or what a
/// server with the same key sealed at a login.
final class Callers {

    static final String LOGIN = "Login ";
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final Optional<String> user;
    private final Optional<String> expectedHeader;
    private final Optional<TokenFile> tokens;
    private final Optional<OidcIssuer> issuer;
    private final LoginCookie cookie;
    private final Guesses guesses = new Guesses(System::nanoTime);

    /// What credentials are worth.
    ///
    /// - `caller`: empty where they are wrong
    /// - `isTooMany`: too many wrong ones came from there, so that these were not looked at
    record Verdict(Optional<Caller> caller, boolean isTooMany) {}

    Callers(
            Optional<String> user,
            Optional<String> password,
            Optional<TokenFile> tokens,
            Optional<OidcIssuer> issuer,
            LoginCookie cookie) {
        this.user = user;
        this.expectedHeader = user.map(name -> AuthorizationHeader.basic(name + ":" + password.orElse("")));
        this.tokens = tokens;
        this.issuer = issuer;
        this.cookie = cookie;
    }

    /// Whether anybody is asked who they are.
    boolean areAsked() {
        return expectedHeader.isPresent() || tokens.isPresent() || issuer.isPresent();
    }

    /// Whose credentials these are; wrong ones count against the address ([Guesses]). Tokens and what was sealed do not
    /// wait for that: nobody guesses 256 bits.
    Verdict judge(String credentials, InetAddress client) {
        var unguessable = unguessable(credentials);
        if (unguessable.isPresent()) {
            return new Verdict(unguessable, false);
        }
        if (!guesses.mayGuess(client)) {
            return new Verdict(Optional.empty(), true);
        }
        var administrator = administrator(credentials);
        if (administrator.isEmpty()) {
            guesses.wrong(client);
        }
        return new Verdict(administrator, false);
    }

    /// Whose credentials these are that nobody has guessed: they were right when they were sealed.
    Optional<Caller> known(String credentials) {
        return unguessable(credentials).or(() -> administrator(credentials));
    }

    private Optional<Caller> unguessable(String credentials) {
        return token(credentials).or(() -> sealed(credentials)).or(() -> ofIssuer(credentials));
    }

    private Optional<Caller> ofIssuer(String credentials) {
        return issuer.flatMap(known -> afterScheme(BEARER, credentials).flatMap(known::callerOf));
    }

    /// The header that a user's words make.
    ///
    /// - `user`: empty for a token alone
    static String header(String user, String secret) {
        return user.isEmpty() ? AuthorizationHeader.bearer(secret) : AuthorizationHeader.basic(user + ":" + secret);
    }

    private Optional<Caller> administrator(String credentials) {
        return expectedHeader
                .filter(expected -> afterScheme(BASIC, credentials)
                        .filter(given -> Secrets.areEqual(expected, BASIC + given))
                        .isPresent())
                .map(_ -> new Caller(user.orElseThrow(), Role.ADMIN));
    }

    private Optional<Caller> sealed(String credentials) {
        return afterScheme(LOGIN, credentials).flatMap(cookie::open).flatMap(Callers::named);
    }

    /// Of a caller whom another server knows.
    static String sealable(Caller caller) {
        return LOGIN + caller.role().word() + " " + caller.name();
    }

    private static Optional<Caller> named(String sealed) {
        String[] words = sealed.split(" ", 3);
        return words.length == 3 && LOGIN.strip().equals(words[0])
                ? Role.of(words[1]).map(role -> new Caller(words[2], role))
                : Optional.empty();
    }

    private Optional<Caller> token(String credentials) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        var bearer = afterScheme(BEARER, credentials);
        var token = bearer.isPresent()
                ? tokens.get().find(bearer.get())
                : afterScheme(BASIC, credentials).flatMap(this::namedToken);
        return token.map(one -> new Caller(one.name(), one.role()));
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

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
