package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Against the message of RFC 5769, 2.1.
final class BindingRequestTest {

    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private static final byte[] SAMPLE = HexFormat.of()
            .parseHex("000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
                    + "80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249"
                    + "c1b571a280280004e57a3bcf");

    @Test
    void request_ofTheStandard_isReadAndVerified() {
        assertThat(BindingRequest.isStun(SAMPLE)).isTrue();

        var request = BindingRequest.read(SAMPLE).orElseThrow();

        assertThat(request.serverFragment()).isEqualTo("evtj");
        assertThat(request.nominates()).isFalse();
        assertThat(request.isSignedWith(PASSWORD)).isTrue();
        assertThat(request.isSignedWith(PASSWORD + "x")).isFalse();
    }

    @Test
    void request_changedOrCutAnywhere_isNotVerified() {
        for (int at = 0; at < SAMPLE.length - 8; at++) {
            byte[] changed = SAMPLE.clone();
            changed[at] ^= 4;
            assertThat(BindingRequest.read(changed).filter(each -> each.isSignedWith(PASSWORD)))
                    .as("byte %d", at)
                    .isEmpty();
            assertThat(BindingRequest.read(Arrays.copyOf(SAMPLE, at))).isEmpty();
        }
    }

    @Test
    void answer_namesWhereTheRequestCameFrom_signedAndWithACheck() {
        var request = BindingRequest.read(SAMPLE).orElseThrow();

        byte[] answer = request.answer(new InetSocketAddress("192.0.2.1", 32853), PASSWORD);

        var hex = HexFormat.of();
        assertThat(hex.formatHex(answer, 0, 4)).isEqualTo("0101002c");
        assertThat(hex.formatHex(answer, 4, 20)).isEqualTo(hex.formatHex(SAMPLE, 4, 20));
        // XOR-MAPPED-ADDRESS as in RFC 5769, 2.2.
        assertThat(hex.formatHex(answer, 20, 32)).isEqualTo("002000080001a147e112a643");
        byte[] signed = Arrays.copyOf(answer, 32);
        signed[3] = 36;
        assertThat(hex.formatHex(answer, 36, 56))
                .isEqualTo(hex.formatHex(
                        Hmac.sha1(PASSWORD.getBytes(StandardCharsets.US_ASCII)).doFinal(signed)));
        var check = new CRC32();
        check.update(answer, 0, 56);
        assertThat(hex.formatHex(answer, 56, 64))
                .isEqualTo("80280004" + hex.toHexDigits((int) check.getValue() ^ 0x5354554e));
    }
}
