package dev.aerie.service.web;

import dev.aerie.auth.Caller;
import dev.aerie.auth.LoginSeal;
import dev.aerie.auth.Role;
import dev.aerie.auth.TokenFile;
import dev.aerie.service.config.ServiceConfig;
import dev.aerie.service.oidc.OidcClient;
import dev.aerie.service.oidc.OidcIssuer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requires credentials for pages, HTTP requests and WebSockets; lets everybody in if none are configured. They come in
/// the header `Authorization` ([Callers]), or in the cookie of who logged in ([LoginCookie]): this header then has them
/// for whoever looks at the request later, or passes it on. A caller may do what their [Role] may.
///
/// - 302: no credentials, and a browser asks for a page: to the page to log in, where the service has one
/// - 401: no credentials, or wrong ones
/// - 403: the role is not enough for this endpoint ([EndpointRoles])
/// - 413: a body of more than 4 KiB of who has no credentials, where none are needed
/// - 429: too many wrong ones came from this address, further ones are not looked at ([dev.aerie.limits.Guesses])
///
/// The health endpoint stays open: probes send no password, and its answer contains no secret.
public final class BasicAccess implements AutoCloseable {

    /// Runs before every other filter.
    static final int PRIORITY = 1000;

    /// Of user name, password or token.
    public static final int MAX_CHARACTERS = 512;

    private static final String OPEN_TO_PROBES = "/q/health";
    private static final String LOGIN_PAGE = "/login.html";
    private static final long MAX_STRANGERS_BODY_BYTES = 4096;

    private final Callers callers;
    private final LoginCookie cookie;
    private final Optional<OidcIssuer> issuer;
    private final EndpointRoles roles = EndpointRoles.ofThisService();

    /// How a login ended.
    ///
    /// - `caller`: empty where user or password are wrong
    /// - `isTooMany`: too many wrong ones came from there, so that these were not looked at
    /// - `cookie`: value of `Set-Cookie`; empty without a caller
    public record Login(Optional<Caller> caller, boolean isTooMany, String cookie) {}

    private BasicAccess(Callers callers, LoginCookie cookie, Optional<OidcIssuer> issuer) {
        this.callers = callers;
        this.cookie = cookie;
        this.issuer = issuer;
    }

    /// As the settings say; without user and tokens everybody is let in. Ends the start with status 2 and one line if
    /// the file of tokens cannot be read.
    public static BasicAccess of(ServiceConfig config, InstantSource clock, SecureRandom random) {
        Optional<TokenFile> tokens = Tokens.of(config.tokens());
        var cookie = new LoginCookie(new LoginSeal(config.loginKey(), random, clock), transportOf(config));
        var issuer = OidcClient.of(config).map(client -> new OidcIssuer(client, clock));
        var callers = new Callers(config.username(), config.password(), tokens, issuer, cookie);
        return new BasicAccess(callers, cookie, issuer);
    }

    private static LoginCookie.Transport transportOf(ServiceConfig config) {
        if (config.tlsCertificate().isPresent()) {
            return LoginCookie.Transport.TLS;
        }
        return config.tlsTerminated() ? LoginCookie.Transport.TLS_TERMINATED : LoginCookie.Transport.PLAIN;
    }

    /// Adds the check to all HTTP routes.
    public void guard(Filters filters) {
        if (callers.areAsked()) {
            filters.register(this::filter, PRIORITY);
        }
    }

    /// Begins to ask the issuer for its keys, where there is one.
    public void start() {
        issuer.ifPresent(OidcIssuer::start);
    }

    @Override
    public void close() {
        issuer.ifPresent(OidcIssuer::close);
    }

    /// Where browsers may log in beside the page; empty for none.
    public Optional<OidcIssuer> issuer() {
        return issuer;
    }

    /// The value of `Set-Cookie` for a caller whom the issuer knows.
    public String cookieOf(Caller caller, Duration life, HttpServerRequest request) {
        return cookie.with(Callers.sealable(caller), life, cookie.isByTls(request));
    }

    /// Who makes a request that was let in; empty where nobody is asked.
    public Optional<Caller> callerOf(HttpServerRequest request) {
        return callers.areAsked()
                ? Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                        .flatMap(callers::known)
                : Optional.empty();
    }

    /// Whether a request came with the cookie of a login.
    public boolean isByLogin(HttpServerRequest request) {
        return cookie.of(request).flatMap(cookie::open).isPresent();
    }

    /// Looks at what a user has typed.
    ///
    /// - `user`: empty for a token alone
    /// - `life`: of the cookie
    public Login logIn(String user, String secret, HttpServerRequest request, Duration life) {
        String credentials = Callers.header(user, secret);
        var verdict = callers.judge(credentials, RequestLimits.address(request.remoteAddress()));
        return new Login(
                verdict.caller(),
                verdict.isTooMany(),
                verdict.caller()
                        .map(_ -> cookie.with(credentials, life, cookie.isByTls(request)))
                        .orElse(""));
    }

    /// Ends the login by which this request came; the value of `Set-Cookie` that takes it from the browser.
    public String logOut(HttpServerRequest request) {
        cookie.of(request).ifPresent(cookie::close);
        return cookie.without(cookie.isByTls(request));
    }

    private void filter(RoutingContext context) {
        if (isHealth(context.normalizedPath())) {
            context.next();
            return;
        }
        var request = context.request();
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (credentials == null) {
            byCookie(request).ifPresentOrElse(caller -> admit(context, caller.role()), () -> admitStranger(context));
            return;
        }
        var verdict = callers.judge(credentials, RequestLimits.address(request.remoteAddress()));
        if (verdict.caller().isPresent()) {
            admit(context, verdict.caller().get().role());
        } else if (verdict.isTooMany()) {
            context.response().putHeader("Retry-After", "2");
            RequestGate.refuse(context, 429, "Too Many Requests", "too many wrong credentials came from this address");
        } else {
            askForCredentials(context);
        }
    }

    private Optional<Caller> byCookie(HttpServerRequest request) {
        var sealed = cookie.of(request);
        var opened = sealed.flatMap(cookie::open).map(plain -> credentials(plain, sealed.get()));
        var caller = opened.flatMap(callers::known);
        if (caller.isPresent()) {
            request.headers().set(HttpHeaders.AUTHORIZATION, opened.orElseThrow());
        }
        return caller;
    }

    /// Who was known by another server stays sealed, for other services know them by that.
    private static String credentials(String plain, String sealed) {
        return plain.startsWith(Callers.LOGIN) ? Callers.LOGIN + sealed : plain;
    }

    private void admit(RoutingContext context, @Nullable Role role) {
        var needed = roles.needed(context.request().method().name(), context.normalizedPath());
        if (role == null ? needed.isEmpty() : needed.isEmpty() || role.covers(needed.get())) {
            context.next();
        } else if (role == null) {
            askForCredentials(context);
        } else {
            RequestGate.refuse(
                    context,
                    403,
                    "Forbidden",
                    "this needs the role " + needed.orElseThrow().word());
        }
    }

    private void admitStranger(RoutingContext context) {
        if (mayBeLarge(context.request())
                && roles.isForAnyone(context.request().method().name(), context.normalizedPath())) {
            RequestGate.refuse(context, 413, "Content Too Large", "4096 bytes at most, and their number in front");
        } else {
            admit(context, null);
        }
    }

    private static boolean mayBeLarge(HttpServerRequest request) {
        if (!RequestGate.hasBody(request)) {
            return false;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null || length.length() > 4 || Long.parseLong(length) > MAX_STRANGERS_BODY_BYTES;
    }

    /// A browser would ask its user itself where it reads `Basic`.
    private void askForCredentials(RoutingContext context) {
        var request = context.request();
        boolean isBrowser = hasLoginPage() && isBrowser(request);
        if (isBrowser && isForPage(request)) {
            context.response().putHeader("Cache-Control", "no-store");
            var _ = context.response()
                    .setStatusCode(302)
                    .putHeader(
                            HttpHeaders.LOCATION,
                            LOGIN_PAGE + "?to=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8))
                    .end();
            return;
        }
        context.response()
                .putHeader(
                        "WWW-Authenticate",
                        isBrowser ? "Bearer realm=\"aerie\"" : "Basic realm=\"aerie\", charset=\"UTF-8\"");
        RequestGate.refuse(context, 401, "Unauthorized", "user and password, or a token, are expected (HTTP Basic)");
    }

    private boolean hasLoginPage() {
        return roles.isForAnyone("GET", LOGIN_PAGE);
    }

    /// All browsers call themselves that.
    private static boolean isBrowser(HttpServerRequest request) {
        String program = request.getHeader(HttpHeaders.USER_AGENT);
        return request.getHeader("Sec-Fetch-Mode") != null || (program != null && program.startsWith("Mozilla/"));
    }

    /// Without TLS browsers do not say what they want it for.
    private static boolean isForPage(HttpServerRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.method().equals(HttpMethod.GET)
                && (mode == null ? accept != null && accept.contains("text/html") : mode.equals("navigate"));
    }

    /// What is still encoded in a normalized path may lead out of it for who decodes later.
    static boolean isHealth(String path) {
        return path.equals(OPEN_TO_PROBES) || (path.startsWith(OPEN_TO_PROBES + "/") && path.indexOf('%') < 0);
    }
}
