package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
        assertThat(new ReplayCheck(from).isAllowed(host, false)).isEqualTo(isAllowed);
    }

    /// Behind a proxy on the same machine everybody seems to be on it.
    @Test
    void isAllowed_forwardedByAProxy_isNoProgramOnThisMachine() {
        assertThat(new ReplayCheck(ReplayCheck.From.LOOPBACK).isAllowed("127.0.0.1", true))
                .isFalse();
        assertThat(new ReplayCheck(ReplayCheck.From.ANYWHERE).isAllowed("127.0.0.1", true))
                .isTrue();
    }
}
