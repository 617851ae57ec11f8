package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.rtp.SyntheticVideo;
import dev.aerie.rtsp.sdp.SdpWriter;
import dev.aerie.rtsp.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// URIs, Transport headers and session descriptions as clients really write them.
class RequestTextTest {

    @ParameterizedTest
    @CsvSource({
        "rtsp://h:8554/drone,drone,",
        "rtsp://user@h/drone/,drone,",
        "rtsp://h/drone/trackID=0,drone,",
        "rtsp://h/drone/streamid=0,drone,",
        "rtsp://h/drone/overlay/trackID=0,drone/overlay,",
        "rtsp://h/drone?aud=0,drone,false",
        "rtsp://h/drone?aud=0/trackID=0,drone,false",
        "rtsp://h/drone/trackID=0?aud=1,drone,true",
        "RTSP://h/drone?x=1&aud=0,drone,false"
    })
    void streamUri_ofAPlayer_namesTheStream(String uri, String stream, Boolean aud) throws Exception {
        assertThat(StreamUri.parse(uri)).isEqualTo(new StreamUri(stream, Optional.ofNullable(aud)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "/drone", "rtsp://h", "rtsp://h/", "rtsp://h/Drone", "rtsp://h/a/../b", "http://h/drone"})
    void streamUri_thatNamesNone_isRefused(String uri) {
        assertThatThrownBy(() -> StreamUri.parse(uri)).isInstanceOf(RefusedException.class);
    }

    @Test
    void transport_firstOfferThatWeCanDo_isChosen() throws Exception {
        assertThat(TransportHeader.choose(
                        "RTP/AVP;multicast;client_port=1-2,RTP/AVP/TCP;unicast;interleaved=4-5", 0, true))
                .isEqualTo(new TransportHeader.Tcp(4, 5));
        assertThat(TransportHeader.choose("RTP/AVP/UDP;unicast;client_port=5000-5001;mode=record", 0, true))
                .isEqualTo(new TransportHeader.Udp(5000, 5001));
        assertThat(TransportHeader.choose("RTP/AVP/TCP", 2, true)).isEqualTo(new TransportHeader.Tcp(2, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RTP/AVP;multicast",
                "RTP/AVP;unicast",
                "RTP/SAVP;unicast;client_port=1-2",
                "RTP/AVP;client_port=0-1",
                "RTP/AVP;unicast;client_port=70000-70001",
                "RTP/AVP;unicast;client_port=5-5",
                ";;;",
                ","
            })
    void transport_thatWeCannotDo_isRefusedWith461(String header) {
        assertThatThrownBy(() -> TransportHeader.choose(header, 0, true))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.response().status()).isEqualTo(461));
    }

    @Test
    void describe_thenParse_givesTheSameParameterSets() throws Exception {
        String sdp = SdpWriter.describe("drone", SyntheticVideo.idr(100, 0), "127.0.0.1");
        assertThat(sdp)
                .contains("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n")
                .contains(
                        "packetization-mode=1;profile-level-id=42C01E;sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==")
                .contains("a=control:trackID=0\r\n");
        var media = SessionDescription.parse(sdp).media();
        assertThat(media).hasSize(1);
        assertThat(media.getFirst().payloadType()).isEqualTo(96);
        assertThat(media.getFirst().control()).isEqualTo("trackID=0");
        assertThat(media.getFirst().parameterSets()).isEqualTo(ByteBuffer.wrap(SyntheticVideo.parameterSets()));
    }

    @Test
    void parse_cameraWithSoundAndGarbledSets_keepsTheVideo() throws Exception {
        var media = SessionDescription.parse("""
                v=0
                m=audio 0 RTP/AVP 0
                a=control:track1
                m=video 0 RTP/AVP 35
                a=rtpmap:35 h264/90000
                a=fmtp:35 sprop-parameter-sets=Z0LAHtk=,===,; x=1
                a=control:track2
                """).media();
        assertThat(media).extracting(each -> each.codec().isPresent()).containsExactly(false, true);
        assertThat(media.getLast().parameterSets().remaining()).isEqualTo(9);
    }
}
