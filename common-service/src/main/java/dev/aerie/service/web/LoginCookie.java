package dev.aerie.service.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.auth.LoginSeal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// The cookie that a browser has after its user logged in: the credentials themselves, sealed. A removed token or a
/// changed password ends it with the next request. What was logged out opens no more, until the process ends or ten
/// thousand more were.
///
/// Scripts do not see it (`HttpOnly`), pages of other sites do not send it (`SameSite=Strict`), and who logged in
/// by TLS sends it by TLS alone (`Secure`, `__Host-`). Ports are no part of a site: what other pages of this
/// machine make a browser ask is [RequestGate]'s business.
final class LoginCookie {

    private static final String NAME = "aerie_login";
    private static final int MAX_LOGGED_OUT = 10_000;

    private static final String ENCRYPTED_NAME = "__Host-" + NAME;
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

    private final LoginSeal seal;
    private final Transport transport;

    /// How browsers come: by TLS of ours; by TLS of what stands in front, or, in a network that its owner trusts,
    /// without; without.
    enum Transport {
        TLS,
        TLS_TERMINATED,
        PLAIN
    }

    @GuardedBy("this")
    private final SequencedSet<String> loggedOut = new LinkedHashSet<>();

    LoginCookie(LoginSeal seal, Transport transport) {
        this.seal = seal;
        this.transport = transport;
    }

    /// What the browser has sent, sealed; empty without a cookie.
    Optional<String> of(HttpServerRequest request) {
        var encrypted = transport == Transport.PLAIN ? null : request.getCookie(ENCRYPTED_NAME);
        var cookie = encrypted == null && transport != Transport.TLS ? request.getCookie(NAME) : encrypted;
        return cookie == null ? Optional.empty() : Optional.ofNullable(cookie.getValue());
    }

    /// The credentials; empty for none that still count.
    Optional<String> open(String sealed) {
        synchronized (this) {
            if (loggedOut.contains(sealed)) {
                return Optional.empty();
            }
        }
        return seal.open(sealed);
    }

    /// The value of `Set-Cookie` that logs in.
    ///
    /// - `isByTls`: whether the browser came by TLS: [#isByTls]
    String with(String credentials, Duration life, boolean isByTls) {
        return set(seal.seal(credentials, life), isByTls) + "; Max-Age=" + life.toSeconds();
    }

    /// The value of `Set-Cookie` that logs out.
    String without(boolean isByTls) {
        return set("", isByTls) + "; Max-Age=0";
    }

    /// Whether the page that made this request came by TLS. What terminates it does not tell us for certain; the
    /// browser does, in the `Origin` of whatever is no mere reading.
    boolean isByTls(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return switch (transport) {
            case TLS -> true;
            case TLS_TERMINATED -> origin == null || origin.startsWith("https://");
            case PLAIN -> false;
        };
    }

    private static String set(String value, boolean isByTls) {
        return (isByTls ? ENCRYPTED_NAME : NAME) + "=" + value + ATTRIBUTES + (isByTls ? "; Secure" : "");
    }

    /// Opens no more.
    void close(String sealed) {
        if (seal.open(sealed).isEmpty()) {
            return;
        }
        synchronized (this) {
            loggedOut.add(sealed);
            if (loggedOut.size() > MAX_LOGGED_OUT) {
                String _ = loggedOut.removeFirst();
            }
        }
    }
}
