package dev.aerie.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.rtsp.RelayAddress;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OwnReaderTest {

    private static final RelayAddress RELAY = new RelayAddress("relay", 8554, Optional.empty(), Optional.empty());

    @Test
    void at_relayWithPasswords_namesAUserOfItsOwn_anotherEachTime() {
        var random = new SecureRandom();
        String url = OwnReader.make(false, random).at(RELAY).urlOf("cam");
        assertThat(url).matches("rtsp://go2rtc:[^@:]{20,}@relay:8554/cam");
        assertThat(OwnReader.make(false, random).at(RELAY).urlOf("cam")).isNotEqualTo(url);
    }

    @Test
    void at_openRelay_namesNobody() {
        var reader = OwnReader.make(true, new SecureRandom());
        assertThat(reader.credentials()).isEmpty();
        assertThat(reader.at(RELAY).urlOf("cam")).isEqualTo("rtsp://relay:8554/cam");
    }
}
