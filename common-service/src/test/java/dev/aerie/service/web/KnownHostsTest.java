package dev.aerie.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownHostsTest {

    private final KnownHosts hosts = new KnownHosts(List.of("Aerie.example.org", " nas.lan. "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5001",
                "10.1.2.3",
                "[::1]:5001",
                "[fe80::1]",
                "[::ffff:127.0.0.1]:1",
                "localhost:5001",
                "LOCALHOST.",
                "ingest-server:5001",
                "frame_processor",
                "aerie.example.org",
                "AERIE.example.org.:443",
                "nas.lan:5001",
            })
    void isKnown_addressLabelOrListed_is(String host) {
        assertThat(hosts.isKnown(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":5001",
                ".",
                "evil.example",
                "evil.example:5001",
                "127.0.0.1.evil.example",
                "aerie.example.org.evil.example",
                "x.aerie.example.org",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.٤",
                "localhost.evil.example",
                "localhost:5001:evil.example",
                "localhost:evil",
                "localhost:",
                "user@localhost",
                "local host",
                "[::1",
                "[::1]evil.example",
                "[evil.example]",
                "[]",
                "ä",
            })
    void isKnown_anyOtherName_isNot(String host) {
        assertThat(hosts.isKnown(host)).isFalse();
    }
}
