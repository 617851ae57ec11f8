package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DtlsLinkTest {

    private static final int HANDSHAKE = 22;
    private static final int HIGHEST_LENGTH = 0xffffff;

    @Test
    void isOfBearableSize_handshakeOfABrowser_is() {
        assertThat(DtlsLink.isOfBearableSize(datagram(HANDSHAKE, 0, 200, 900))).isTrue();
        assertThat(DtlsLink.isOfBearableSize(datagram(HANDSHAKE, 0, 32_768))).isTrue();
    }

    /// Each of sixteen empty pieces would take 16 MiB.
    @Test
    void isOfBearableSize_messagesThatClaimMegabytes_isNot() {
        assertThat(DtlsLink.isOfBearableSize(datagram(HANDSHAKE, 0, HIGHEST_LENGTH)))
                .isFalse();
        assertThat(DtlsLink.isOfBearableSize(datagram(HANDSHAKE, 0, 200, 200, HIGHEST_LENGTH)))
                .isFalse();
        assertThat(DtlsLink.isOfBearableSize(two(datagram(HANDSHAKE, 0, 200), datagram(HANDSHAKE, 0, 40_000))))
                .isFalse();
    }

    @Test
    void isOfBearableSize_ciphertextAndOtherRecords_areNotLookedInto() {
        assertThat(DtlsLink.isOfBearableSize(datagram(HANDSHAKE, 1, HIGHEST_LENGTH)))
                .isTrue();
        assertThat(DtlsLink.isOfBearableSize(datagram(23, 0, HIGHEST_LENGTH))).isTrue();
    }

    @Test
    void isOfBearableSize_tornDatagrams_areLeftToTheLibrary() {
        byte[] whole = datagram(HANDSHAKE, 0, 200, 900);
        for (int bytes = 0; bytes < whole.length; bytes++) {
            assertThat(DtlsLink.isOfBearableSize(
                            ByteBuffer.allocate(bytes).put(whole, 0, bytes).array()))
                    .isTrue();
        }
    }

    /// A record of empty fragments, of messages that claim to have so many bytes.
    private static byte[] datagram(int type, int epoch, int... messageBytes) {
        var bytes = ByteBuffer.allocate(13 + 12 * messageBytes.length);
        bytes.put((byte) type).putShort((short) 0xfefd).putShort((short) epoch);
        bytes.put(new byte[6]).putShort((short) (12 * messageBytes.length));
        for (int length : messageBytes) {
            bytes.putInt(1 << 24 | length).put(new byte[8]);
        }
        return bytes.array();
    }

    private static byte[] two(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
