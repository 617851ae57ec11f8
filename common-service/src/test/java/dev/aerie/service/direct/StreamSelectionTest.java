package dev.aerie.service.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.FakeGo2rtc;
import dev.aerie.rtsp.DirectStreamAddress;
import dev.aerie.rtsp.RelayAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamSelectionTest {

    private static final RelayAddress RELAY =
            new RelayAddress("relay", 8554, Optional.of("reader"), Optional.of("secret"));

    @ParameterizedTest
    @CsvSource({
        "drone, drone",
        "rtsp://192.168.1.100:554/stream1, stream1",
        "rtsp://user:pass@192.168.1.100/h264Preview_01_main, h264preview_01_main",
        "rtsp://192.168.1.100/cam/realmonitor?channel=1, realmonitor",
        "rtsp://192.168.1.100/_live/, live",
        "rtsp://192.168.1.100, camera",
        "rtsp://192.168.1.100/Front%20door, front-door",
    })
    void parse_nameOrAddress_namesTheStream(String text, String name) {
        assertThat(DirectStreamAddress.parse(text).stream()).isEqualTo(name);
    }

    @Test
    void locate_addressOfAnyServer_isThatAddress() {
        var selection = StreamSelection.of(
                RELAY, Optional.of("rtsp://cam:pw@10.0.0.9/live"), Optional.empty(), Optional.empty());
        assertThat(selection.ownStream()).hasValue("live");
        assertThat(selection.locate("live").url()).isEqualTo("rtsp://cam:pw@10.0.0.9/live");
    }

    @Test
    void locate_nameAlone_isAtTheRelay() {
        var selection = StreamSelection.of(RELAY, Optional.of("drone"), Optional.empty(), Optional.empty());
        assertThat(selection.locate("drone").url()).isEqualTo("rtsp://reader:secret@relay:8554/drone");
    }

    @Test
    void locate_withoutOwnStream_isAtTheRelayAndNamesNoSession() {
        var selection = StreamSelection.of(RELAY, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(selection.ownStream()).isEmpty();
        assertThat(selection.locate("north").url()).isEqualTo("rtsp://reader:secret@relay:8554/north");
        assertThat(selection.locate("north").localSession()).isEmpty();
    }

    @Test
    void locate_go2rtc_isAtThePortThatItTellsOf() throws Exception {
        try (var fake = new FakeGo2rtc()) {
            fake.rtspListen = ":18554";
            var selection = StreamSelection.of(
                    RELAY, Optional.of("camera_1"), Optional.of(fake.uri().toString()), Optional.empty());
            assertThat(selection.locate("camera_1").url()).isEqualTo("rtsp://reader:secret@127.0.0.1:18554/camera_1");
        }
    }

    @Test
    void locate_go2rtcThatDoesNotAnswer_isAtTheUsualPort() {
        var selection =
                StreamSelection.of(RELAY, Optional.of("cam"), Optional.of("http://127.0.0.1:1"), Optional.empty());
        assertThat(selection.locate("cam").url()).isEqualTo("rtsp://reader:secret@127.0.0.1:8554/cam");
    }

    @Test
    void locate_go2rtcWithAnAddressOfItsRtsp_isThere() {
        var selection = StreamSelection.of(
                RELAY, Optional.of("cam"), Optional.of("http://127.0.0.1:1"), Optional.of("rtsp://go2rtc:9554/"));
        assertThat(selection.locate("cam").url()).isEqualTo("rtsp://go2rtc:9554/cam");
    }

    @Test
    void beginSession_ownStream_namesForeignVideo() {
        var selection = StreamSelection.of(RELAY, Optional.of("drone"), Optional.empty(), Optional.empty());
        String session = selection.beginSession(InstantSource.system(), new Random(1));
        assertThat(session).startsWith("local-");
        assertThat(selection.locate("drone").localSession()).hasValue(session);
    }
}
