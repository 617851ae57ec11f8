package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against the numbers of RFC 3711, appendix B, and both directions against each other.
final class SrtpTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    @Test
    void keys_ofTheStandard_areDerived() {
        var keys = SrtpKeys.ofRtp(KEY, SALT);

        assertThat(HEX.formatHex(keys.key())).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
        assertThat(HEX.formatHex(keys.salt())).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
        assertThat(HEX.formatHex(keys.sign())).isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
    }

    @Test
    void keystream_ofTheStandard_isMade() {
        var keys = new SrtpKeys(
                HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"),
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"),
                new byte[SrtpKeys.SIGN_BYTES]);
        var stream = new byte[32];

        keys.crypt(0, 0, stream, 0, stream.length);

        assertThat(HEX.formatHex(stream)).isEqualTo("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab");
    }

    @Test
    void packets_aroundTheEndOfSequenceNumbers_areEncryptedByTheirIndex() {
        var sender = new SrtpSender(KEY, SALT);
        var keys = SrtpKeys.ofRtp(KEY, SALT);
        for (long index : new long[] {65_534, 65_535, 65_536, 65_537}) {
            byte[] packet = packet((int) index & 0xffff);
            sender.protect(packet, 12);
            keys.crypt(7, index, packet, 12, 4);
            assertThat(HEX.formatHex(packet, 12, 16)).as("index %d", index).isEqualTo("01020304");
        }
    }

    /// The packet by which libsrtp tests itself, with the keys of the standard's appendix B.3.
    @Test
    void packet_ofAnotherProgram_isMadeAndRead() {
        String clear = "800f1234decafbadcafebabe" + "ab".repeat(16);
        String encrypted = "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb";
        byte[] sent = Arrays.copyOf(HEX.parseHex(clear), 28 + SrtpKeys.TAG_BYTES);
        new SrtpSender(KEY, SALT).protect(sent, 12);

        assertThat(HEX.formatHex(sent)).isEqualTo(encrypted);
        assertThat(new SrtpReceiver(KEY, SALT).unprotect(sent).map(HEX::formatHex))
                .hasValue(clear);
    }

    @Test
    void packets_inAnyOrderAroundTheEndOfSequenceNumbers_areReadOnceEach() {
        var sender = new SrtpSender(KEY, SALT);
        var sent = new ArrayList<byte[]>();
        for (int sequence = 65_500; sequence < 65_536 + 40; sequence++) {
            byte[] packet = packet(sequence & 0xffff);
            sender.protect(packet, 12);
            sent.add(packet);
        }
        byte[] first = sent.removeFirst();
        Collections.shuffle(sent, new Random(5));
        var receiver = new SrtpReceiver(KEY, SALT);

        assertThat(receiver.unprotect(first)).isPresent();
        for (byte[] packet : sent) {
            assertThat(receiver.unprotect(packet).map(clear -> HEX.formatHex(clear, 12, 16)))
                    .hasValue("01020304");
        }
        for (byte[] packet : sent) {
            assertThat(receiver.unprotect(packet)).as("replayed").isEmpty();
        }
    }

    @Test
    void packet_changedForeignOrTooOld_isNotRead() {
        var sender = new SrtpSender(KEY, SALT);
        byte[] old = packet(1);
        sender.protect(old, 12);
        byte[] next = packet(2);
        sender.protect(next, 12);
        var receiver = new SrtpReceiver(KEY, SALT);
        for (int at = 0; at < next.length; at++) {
            byte[] changed = next.clone();
            changed[at] ^= 1;
            assertThat(receiver.unprotect(changed)).as("byte %d", at).isEmpty();
            assertThat(receiver.unprotect(Arrays.copyOf(next, at))).isEmpty();
        }
        assertThat(receiver.unprotect(next)).isPresent();
        byte[] far = packet(2 + SrtpReceiver.WINDOW);
        sender.protect(far, 12);
        assertThat(receiver.unprotect(far)).isPresent();
        assertThat(receiver.unprotect(old)).as("behind the window").isEmpty();
        byte[] foreign = packet(3);
        foreign[11] = 8;
        new SrtpSender(KEY, SALT).protect(foreign, 12);
        assertThat(receiver.unprotect(foreign)).as("another source").isEmpty();
    }

    @Test
    void report_isReadOnceByWhoHasTheKeys() {
        byte[] report = HEX.parseHex("80c9000100000007a1b2c3d4");
        byte[] sent = new SrtpSender(KEY, SALT).protectRtcp(report);
        var receiver = new SrtcpReceiver(KEY, SALT);

        assertThat(HEX.formatHex(sent, 8, 12)).isNotEqualTo("a1b2c3d4");
        assertThat(new SrtcpReceiver(Arrays.copyOf(SALT, 16), SALT).unprotect(sent))
                .isEmpty();
        byte[] changed = sent.clone();
        changed[9] ^= 1;
        assertThat(receiver.unprotect(changed)).isEmpty();
        assertThat(receiver.unprotect(sent)).hasValue(report);
        assertThat(receiver.unprotect(sent)).as("replayed").isEmpty();
        assertThat(receiver.unprotect(new byte[9])).isEmpty();
    }

    @Test
    void feedback_nackAndPictureLoss_areRead() {
        var compound = ByteBuffer.allocate(8 + 16 + 12);
        compound.put(HEX.parseHex("80c9000100000007"));
        compound.put(HEX.parseHex("81cd0003" + "00000007" + "00000001" + "fffe8005"));
        compound.put(HEX.parseHex("81ce0002" + "00000007" + "00000001"));

        var all = RtcpFeedback.read(compound.array());

        assertThat(all.lost()).containsExactly(65_534, 65_535, 1, 14);
        assertThat(all.wantsIdr()).isTrue();
        var written = ByteBuffer.allocate(all.bytes());
        all.write(written, 1, 7);
        assertThat(RtcpFeedback.read(written.array())).isEqualTo(all);
        var cut = RtcpFeedback.read(Arrays.copyOf(compound.array(), 30));
        assertThat(cut.lost()).hasSize(4);
        assertThat(cut.wantsIdr()).isFalse();
    }

    private static byte[] packet(int sequence) {
        return ByteBuffer.allocate(16 + SrtpKeys.TAG_BYTES)
                .putShort((short) 0x8060)
                .putShort((short) sequence)
                .putInt(0)
                .putInt(7)
                .putInt(0x01020304)
                .array();
    }
}
