package dev.aerie.rtsp.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aerie.video.Clips;
import dev.aerie.video.NalUnit;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SessionDescriptionTest {

    /// One pass takes about a millisecond, one from each character takes tens of seconds.
    private static final Duration ONE_PASS = Duration.ofSeconds(2);

    private static final int HOSTILE_CHARACTERS = 64 << 10;

    @ParameterizedTest
    @CsvSource({
        "a=rtpmap:96 H264/90000, H264, 96",
        "a=rtpmap: 96  h264 /90000, '', -1",
        "a=rtpmap:96  h264/ 90000/1, H264, 96",
        "a=rtpmap:96 H264, H264, 96",
        "a=rtpmap:96 H264/8000, H264/8000, 96",
        "a=rtpmap:98 H265/90000, H265, 98",
        "a=rtpmap:8 PCMA/8000, PCMA, 8",
        "a=rtpmap:1234 H264/90000, '', -1",
        "a=rtpmap:x H264/90000, '', -1",
        "a=rtpmap:96H264/90000, '', -1",
        "a=rtpmap:96 H264/, '', -1",
        "a=rtpmap:96 H 264/90000, '', -1",
        "a=rtpmap:96 /90000, '', -1",
        "a=rtpmap:, '', -1",
    })
    void parse_encoding_isTakenFromAWholeMapping(String line, String encoding, int payloadType) throws IOException {
        var media = SessionDescription.parse("m=video 0 RTP/AVP 96\r\n" + line)
                .media()
                .getFirst();
        assertThat(media.encoding()).isEqualTo(encoding);
        assertThat(media.payloadType()).isEqualTo(payloadType);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0I=,aM4=;x=1 | 0000000167420000000168ce",
                "a=fmtp:96 sprop-parameter-sets = Z0I= packetization-mode=1 | 000000016742",
                "a=fmtp:96 sprop-parameter-sets=aM4=, sprop-parameter-sets=Z0I= | 000000016742",
                "a=fmtp:96 sprop-parameter-sets=Z0I=; sprop-parameter-sets | 000000016742",
                "a=fmtp:96 sprop-parameter-sets=; x=Z0I= | ''",
                "a=fmtp:96 sprop-parameter-sets | ''",
                "a=fmtp:96 sprop-pps=RAE=; sprop-vps=QAE=;sprop-sps=QgE= | 000000014001000000014201000000014401",
                "a=fmtp:96 sprop-vps=QAE=,QAE= | 000000014001000000014001",
                "a=other:96 sprop-parameter-sets=Z0I= | ''",
            })
    void parse_parameterSets_howeverTheyAreSeparated(String line, String annexB) throws IOException {
        var sets = SessionDescription.parse("m=video 0 RTP/AVP 96\r\n" + line)
                .media()
                .getFirst()
                .parameterSets();
        var bytes = new byte[sets.remaining()];
        sets.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(annexB);
    }

    /// A lone `\r` and U+2028 end a line for a regular expression's dot, and none of a description.
    static List<Arguments> hostileLines() {
        return List.of(
                arguments("a=fmtp:96 ", "sprop-parameter-sets", ""),
                arguments("a=fmtp:96 ", "sprop-parameter-sets=A", "\rx"),
                arguments("a=fmtp:96 ", "sprop-parameter-sets ", "\rx"),
                arguments("a=fmtp:96 ", "x", "\rx"),
                arguments("a=fmtp:96 sprop-parameter-sets", " ", "\rx"),
                arguments("a=fmtp:96 sprop-parameter-sets=", "A,", "\rx"),
                arguments("a=rtpmap:96 H264/", "9", "\u2028x"),
                arguments("a=rtpmap:96 ", " ", "\u2028x"),
                arguments("a=rtpmap:96 ", "H/", "\u2028x"),
                arguments("a=rtpmap:", "9", ""),
                arguments("", "\r", ""));
    }

    @ParameterizedTest
    @MethodSource("hostileLines")
    void parse_hostileLine_isReadInOnePass(String begin, String piece, String end) {
        String sdp = "m=video 0 RTP/AVP 96\r\n" + begin + piece.repeat(HOSTILE_CHARACTERS / piece.length()) + end;
        assertTimeoutPreemptively(ONE_PASS, () -> SessionDescription.parse(sdp));
    }

    @Test
    void video_ofSeveral_isTheFirst() throws IOException {
        var description = SessionDescription.parse("""
                v=0
                a=control:*
                m=audio 0 RTP/AVP 0
                a=rtpmap:0 H264/90000
                m=video 0 RTP/AVP 97
                a=rtpmap:97 H264/90000
                """);
        assertThat(description.control()).isEqualTo("*");
        assertThat(description.video().payloadType()).isEqualTo(97);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H265/90000 | sprop-max-don-diff=2;sprop-vps=QAE= | decoding order numbers (DONL, RFC 7798",
                "VP8/90000 | x=1 | video is VP8, want H264 or H265",
            })
    void video_thatCannotBeRead_isRefusedWithTheReason(String encoding, String parameters, String reason)
            throws IOException {
        var description = SessionDescription.parse(
                "m=video 0 RTP/AVP 96\r\na=rtpmap:96 " + encoding + "\r\na=fmtp:96 " + parameters);

        assertThatThrownBy(description::video).isInstanceOf(IOException.class).hasMessageContaining(reason);
    }

    @Test
    void describe_h265_isReadBackWithItsParameterSets() throws Exception {
        var idr = Clips.unitsOf(Clips.openGroups()).getFirst();

        String text = SdpWriter.describe("drone", idr, "127.0.0.1");

        assertThat(text)
                .contains("a=rtpmap:96 H265/90000", "profile-id=1;tier-flag=0;level-id=30;", "a=framerate:25.000");
        var video = SessionDescription.parse(text).video();
        assertThat(video.codec()).contains(VideoCodec.H265);
        assertThat(NalUnit.split(VideoCodec.H265, bytes(video.parameterSets())))
                .extracting(NalUnit::bytes)
                .isEqualTo(idr.nalUnits().stream()
                        .filter(nal -> nal.kind().isParameterSet())
                        .map(NalUnit::bytes)
                        .toList());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
