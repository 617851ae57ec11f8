package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.settings.InvalidSettingException;
import io.quarkus.runtime.PreventFurtherStepsException;
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
        assertThatThrownBy(() -> BindGuard.check("quarkus.http.host", host, NONE))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("quarkus.http.host is '" + host
                        + "', beyond loopback, allowed only with AERIE_PASSWORD, AERIE_USERNAME set too");
        assertThatCode(() -> BindGuard.check("quarkus.http.host", host, ALL)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void check_loopback_needsNone(String host) {
        assertThatCode(() -> BindGuard.check("quarkus.http.host", host, NONE)).doesNotThrowAnyException();
    }

    /// Nothing says here where HTTP listens, so Quarkus would listen everywhere.
    @Test
    void require_nothingSaid_endsTheStart() {
        assertThatThrownBy(() -> BindGuard.require(Map.of(), NONE))
                .cause()
                .isInstanceOfSatisfying(
                        PreventFurtherStepsException.class,
                        end -> assertThat(end.getExitCode()).isEqualTo(2))
                .hasMessageContaining("quarkus.http.host is '0.0.0.0'");
        assertThatCode(() -> BindGuard.require(Map.of("RTSP", "0.0.0.0"), ALL)).doesNotThrowAnyException();
    }
}
