package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayCheckTest {

    @ParameterizedTest
    @CsvSource({
        "LOOPBACK, 127.0.0.1, true",
        "LOOPBACK, 127.8.9.10, true",
        "LOOPBACK, 0:0:0:0:0:0:0:1, true",
        "LOOPBACK, 192.168.1.20, false",
        "LOOPBACK, 2001:db8::1, false",
        "LOOPBACK, '', false",
        "ANYWHERE, 192.168.1.20, true",
        "NOWHERE, 127.0.0.1, false"
    })
    void isAllowed_fromThere(ReplayCheck.From from, String host, boolean isAllowed) {
        assertThat(new ReplayCheck(from).isAllowed(host)).isEqualTo(isAllowed);
    }
}
