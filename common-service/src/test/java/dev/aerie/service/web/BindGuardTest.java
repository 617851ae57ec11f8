package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.settings.InvalidSettingException;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BindGuardTest {

    private static final Map<String, Optional<String>> NONE =
            Map.of("AERIE_USERNAME", Optional.empty(), "AERIE_PASSWORD", Optional.of(""));
    private static final Map<String, Optional<String>> ALL =
            Map.of("AERIE_USERNAME", Optional.of("ops"), "AERIE_PASSWORD", Optional.of("x"));

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "192.168.1.7", "aerie.example.org", "127.0.0.1.evil.example"})
    void check_addressOfANetwork_needsAllCredentials(String host) {
        assertThatThrownBy(() -> BindGuard.check(encrypted(host), false, NONE))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("quarkus.http.host is '" + host
                        + "', beyond loopback, allowed only with AERIE_PASSWORD, AERIE_USERNAME set too");
        assertThatCode(() -> BindGuard.check(encrypted(host), false, ALL)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "192.168.1.7"})
    void check_addressOfANetworkInTheClear_needsSomethingThatEncrypts(String host) {
        assertThatThrownBy(() -> BindGuard.check(clear(host), false, ALL))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "quarkus.http.host is '" + host + "', beyond loopback, allowed only with TLS_CERTIFICATE with"
                                + " TLS_KEY, or TLS_TERMINATED=true, set too");
        assertThatCode(() -> BindGuard.check(clear(host), true, ALL)).doesNotThrowAnyException();
        assertThatThrownBy(() -> BindGuard.check(clear(host), true, NONE)).isInstanceOf(InvalidSettingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void check_loopback_needsNone(String host) {
        assertThatCode(() -> BindGuard.check(clear(host), false, NONE)).doesNotThrowAnyException();
    }

    /// Nothing says here where HTTP listens, so Quarkus would listen everywhere.
    @Test
    void require_nothingSaid_endsTheStart() {
        assertThatThrownBy(() -> BindGuard.require(true, List.of(), NONE))
                .cause()
                .isInstanceOfSatisfying(
                        PreventFurtherStepsException.class,
                        end -> assertThat(end.getExitCode()).isEqualTo(2))
                .hasMessageContaining("quarkus.http.host is '0.0.0.0'");
        assertThatCode(() -> BindGuard.require(true, List.of(clear("0.0.0.0")), ALL))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> BindGuard.require(false, List.of(), ALL)).hasMessageContaining("TLS_CERTIFICATE");
    }

    private static BindGuard.Door encrypted(String host) {
        return new BindGuard.Door("quarkus.http.host", host, true);
    }

    private static BindGuard.Door clear(String host) {
        return new BindGuard.Door("quarkus.http.host", host, false);
    }
}
