package dev.aerie.rtsp.gortc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aerie.messages.testing.FakeGo2rtc;
import dev.aerie.rtsp.RelayAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Go2rtcAddressTest {

    private static final RelayAddress READER =
            new RelayAddress("relay", 9, Optional.of("reader"), Optional.of("se/cret"));

    /// Nobody listens there.
    private static final URI AWAY = URI.create("http://127.0.0.1:1");

    @Test
    void rtspAddress_given_holdsAndNobodyIsAsked() throws Exception {
        var address = new Go2rtcAddress(AWAY, Optional.of("rtsp://u:p@other:9554//"));
        try (var go2rtc = new Go2rtc(AWAY)) {
            assertThat(address.base(go2rtc)).isEqualTo("rtsp://u:p@other:9554");
        }
        assertThat(address.usualBase()).isEqualTo("rtsp://u:p@other:9554");
        assertThat(address.urlOf("gate", READER)).isEqualTo("rtsp://u:p@other:9554/gate");
    }

    @Test
    void port_reported_isThatOfItsStreams() throws Exception {
        try (var fake = new FakeGo2rtc();
                var go2rtc = new Go2rtc(fake.uri())) {
            fake.rtspListen = "0.0.0.0:18554";
            var address = Go2rtcAddress.of(fake.uri().toString(), Optional.empty());
            assertThat(address.base(go2rtc)).isEqualTo("rtsp://127.0.0.1:18554");
            assertThat(address.urlOf("gate", READER)).isEqualTo("rtsp://reader:se%2Fcret@127.0.0.1:18554/gate");
            assertThat(address.usualBase()).isEqualTo("rtsp://127.0.0.1:8554");
        }
    }

    @Test
    void port_noneReported_isTheUsualOne() throws Exception {
        try (var fake = new FakeGo2rtc();
                var go2rtc = new Go2rtc(fake.uri())) {
            fake.rtspListen = "";
            assertThat(new Go2rtcAddress(fake.uri(), Optional.empty()).base(go2rtc))
                    .isEqualTo("rtsp://127.0.0.1:8554");
        }
    }

    @Test
    void port_noAnswer_isAFailureOrTheUsualOne() throws Exception {
        var address = new Go2rtcAddress(AWAY, Optional.empty());
        try (var go2rtc = new Go2rtc(AWAY)) {
            assertThatIOException().isThrownBy(() -> address.base(go2rtc));
        }
        assertThat(address.urlOf("gate", READER)).isEqualTo("rtsp://reader:se%2Fcret@127.0.0.1:8554/gate");
    }

    @Test
    void host_ofVersion6_staysInItsBrackets() {
        assertThat(Go2rtcAddress.of("http://[::1]:1984", Optional.empty()).usualBase())
                .isEqualTo("rtsp://[::1]:8554");
    }
}
