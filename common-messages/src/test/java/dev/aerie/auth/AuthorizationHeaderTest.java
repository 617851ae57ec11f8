package dev.aerie.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AuthorizationHeaderTest {

    @Test
    void of_environment_aTokenGoesBeforeUserAndPassword() {
        assertThat(AuthorizationHeader.of(Map.of("AERIE_TOKEN", "t", "AERIE_USERNAME", "ops")))
                .contains("Bearer t");
        assertThat(AuthorizationHeader.of(
                        Map.of("AERIE_TOKEN", "", "AERIE_USERNAME", "ops", "AERIE_PASSWORD", "päss:word")))
                .contains("Basic b3BzOnDDpHNzOndvcmQ=");
        assertThat(AuthorizationHeader.of(Map.of("AERIE_USERNAME", "ops"))).contains("Basic b3BzOg==");
        assertThat(AuthorizationHeader.of(Map.of("AERIE_PASSWORD", "lonely"))).isEmpty();
    }
}
