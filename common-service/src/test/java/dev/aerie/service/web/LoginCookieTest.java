package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.auth.LoginSeal;
import dev.aerie.service.web.LoginCookie.Transport;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoginCookieTest {

    private static final Duration LIFE = Duration.ofHours(1);

    private final LoginSeal seal = new LoginSeal(Optional.empty(), new SecureRandom(), InstantSource.system());

    @Test
    void with_ownTls_leavesByTlsAlone() {
        var cookie = new LoginCookie(seal, Transport.TLS);
        String set = cookie.with("Bearer x", LIFE, cookie.isByTls(request("http://a", Map.of())));

        assertThat(set).startsWith("__Host-aerie_login=").contains("; Secure");
        assertThat(cookie.of(request(null, Map.of("aerie_login", "planted")))).isEmpty();
    }

    @Test
    void with_tlsInFront_followsWhatTheBrowserSays() {
        var cookie = new LoginCookie(seal, Transport.TLS_TERMINATED);

        assertThat(cookie.with("Bearer x", LIFE, cookie.isByTls(request("https://a", Map.of()))))
                .startsWith("__Host-aerie_login=")
                .contains("; Secure");
        assertThat(cookie.with("Bearer x", LIFE, cookie.isByTls(request("http://a", Map.of()))))
                .startsWith("aerie_login=")
                .doesNotContain("Secure");
        assertThat(cookie.of(request(null, Map.of("aerie_login", "plain")))).contains("plain");
        assertThat(cookie.of(request(null, Map.of("aerie_login", "planted", "__Host-aerie_login", "own"))))
                .contains("own");
    }

    @Test
    void open_loggedOut_isEmpty() {
        var cookie = new LoginCookie(seal, Transport.PLAIN);
        String set = cookie.with("Bearer x", LIFE, false);
        String sealed = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
        assertThat(cookie.open(sealed)).contains("Bearer x");

        cookie.close(sealed);

        assertThat(cookie.open(sealed)).isEmpty();
    }

    private static HttpServerRequest request(@Nullable String origin, Map<String, String> cookies) {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HttpServerRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "getHeader" -> origin;
                    case "getCookie" ->
                        cookies.containsKey((String) arguments[0])
                                ? Cookie.cookie((String) arguments[0], cookies.get((String) arguments[0]))
                                : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
