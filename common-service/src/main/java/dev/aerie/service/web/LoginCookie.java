package dev.aerie.service.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.auth.LoginSeal;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// The cookie that a browser has after its user logged in: the credentials themselves, sealed. A removed token or a
/// changed password ends it with the next request. What was logged out opens no more, until the process ends or ten
/// thousand more were.
///
/// Scripts do not see it (`HttpOnly`), pages of other sites do not send it (`SameSite=Strict`), and with TLS it leaves
/// by TLS alone (`Secure`, `__Host-`). Ports are no part of a site: what other pages of this machine make a browser
/// ask is [RequestGate]'s business.
final class LoginCookie {

    private static final String NAME = "aerie_login";
    private static final int MAX_LOGGED_OUT = 10_000;

    private final LoginSeal seal;
    private final String name;
    private final String attributes;

    @GuardedBy("this")
    private final SequencedSet<String> loggedOut = new LinkedHashSet<>();

    /// - `isEncrypted`: whether browsers come by TLS
    LoginCookie(LoginSeal seal, boolean isEncrypted) {
        this.seal = seal;
        this.name = isEncrypted ? "__Host-" + NAME : NAME;
        this.attributes = "; Path=/; HttpOnly; SameSite=Strict" + (isEncrypted ? "; Secure" : "");
    }

    /// What the browser has sent, sealed; empty without a cookie.
    Optional<String> of(HttpServerRequest request) {
        var cookie = request.getCookie(name);
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
    String with(String credentials, Duration life) {
        return name + "=" + seal.seal(credentials, life) + attributes + "; Max-Age=" + life.toSeconds();
    }

    /// The value of `Set-Cookie` that logs out.
    String without() {
        return name + "=" + attributes + "; Max-Age=0";
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
