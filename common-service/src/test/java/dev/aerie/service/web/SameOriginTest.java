package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SameOriginTest {

    @ParameterizedTest
    @CsvSource({
        ", 127.0.0.1:5001, true",
        "http://127.0.0.1:5001, 127.0.0.1:5001, true",
        "https://Aerie.example, aerie.example, true",
        "https://elsewhere.example, aerie.example, false",
        "http://127.0.0.1:8080, 127.0.0.1:5001, false",
        "null, 127.0.0.1:5001, false",
        "http://127.0.0.1:5001, , false",
    })
    void isSame_originAndHost_areCompared(String origin, String host, boolean same) {
        assertThat(SameOrigin.isSame(origin, host)).isEqualTo(same);
    }
}
