package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.webrtc.WebRtcOffer.Use;
import dev.aerie.video.VideoCodec;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebRtcOfferTest {

    private static final String PRINT = "sha-256 " + "AB:".repeat(31) + "AB";

    static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 1 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 63",
            "a=mid:0",
            "a=recvonly",
            "m=video 9 UDP/TLS/RTP/SAVPF 96 102 103 108",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789012345678901",
            "a=fingerprint:" + PRINT,
            "a=setup:actpass",
            "a=mid:1",
            "a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
            "a=recvonly",
            "a=rtcp-mux",
            "a=rtpmap:96 VP8/90000",
            "a=rtpmap:102 H264/90000",
            "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
            "a=rtpmap:103 H264/90000",
            "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
            "a=rtpmap:108 H264/90000",
            "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            "");

    @Test
    void offer_ofABrowser_isReadAndAnsweredInItsOrder() throws Exception {
        var offer = WebRtcOffer.read(OFFER, Use.READ);

        assertThat(offer.format().payloadType()).isEqualTo(108);
        assertThat(offer.format().answered()).endsWith("profile-level-id=42e01f");
        assertThat(offer.playoutDelay()).hasValue(4);
        assertThat(offer.fragment()).isEqualTo("abcd");
        assertThat(offer.fingerprint()).isEqualTo(Fingerprint.read(PRINT));
        var address = InetAddress.ofLiteral("192.0.2.7");
        var answer = new WebRtcAnswer(offer, "f", "p", Fingerprint.read(PRINT), 9, List.of(address), 8555);
        assertThat(answer.sdp().lines())
                .containsSubsequence(
                        "a=ice-lite",
                        "a=group:BUNDLE 1",
                        "m=audio 0 UDP/TLS/RTP/SAVPF 111",
                        "a=mid:0",
                        "m=video 8555 UDP/TLS/RTP/SAVPF 108",
                        "a=mid:1",
                        "a=sendonly",
                        "a=setup:passive",
                        "a=rtpmap:108 H264/90000",
                        "a=candidate:1 1 udp 2130706431 192.0.2.7 8555 typ host");
    }

    @Test
    void offerToSend_h264AndElseH265_isAnsweredByAReceiver() throws Exception {
        String sends = OFFER.replace("a=recvonly", "a=sendonly") + "a=rtcp-fb:108 goog-remb\r\n";
        var offer = WebRtcOffer.read(sends, Use.PUBLISH);
        assertThat(offer.format().payloadType()).isEqualTo(108);
        var answer = new WebRtcAnswer(offer, "f", "p", Fingerprint.read(PRINT), 9, List.of(), 8555);
        assertThat(answer.sdp())
                .contains("a=recvonly")
                .contains(" nack pli", "a=rtcp-fb:108 goog-remb")
                .doesNotContain("a=ssrc:", "a=msid:");

        String other = sends.replace("102 H264", "102 H265")
                .replace("108 H264", "108 VP9")
                .replace(
                        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
                        "a=fmtp:102 level-id=93");
        var h265 = WebRtcOffer.read(other, Use.PUBLISH);
        assertThat(h265.format()).isEqualTo(new OfferedFormat(102, VideoCodec.H265, "level-id=93", false));
        assertThat(new WebRtcAnswer(h265, "f", "p", Fingerprint.read(PRINT), 9, List.of(), 8555).sdp())
                .contains("a=rtpmap:102 H265/90000\r\na=fmtp:102 level-id=93\r\n");
        assertThatThrownBy(() -> WebRtcOffer.read(OFFER, Use.PUBLISH)).hasMessageContaining("sendonly");
        assertThatThrownBy(() -> WebRtcOffer.read(other.replace("a=sendonly", "a=recvonly"), Use.READ))
                .hasMessageContaining("H264/90000");
    }

    @ParameterizedTest
    @CsvSource({
        "m=video, m=text, m=video",
        "a=rtcp-mux, a=x, rtcp-mux",
        "H264, AV1, H264/90000",
        "a=ice-ufrag:, a=x:, ice-ufrag",
        "sha-256, md5, fingerprint",
        "v=0, v=1, SDP",
        "a=mid:1, a=sendonly, recvonly",
        "actpass, passive, actpass",
        "UDP/TLS, udp, m="
    })
    void offer_withoutWhatIsNeeded_isRefusedWithASentence(String from, String to, String named) {
        String offer = OFFER.replace(from, to);
        assertThatThrownBy(() -> WebRtcOffer.read(offer, Use.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
