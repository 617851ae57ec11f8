package dev.aerie.ingest.webrtc;

import dev.aerie.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import javax.crypto.Mac;

/// Verifies and decrypts the RTP that one peer sends, of the source whose packet was the first. Not thread-safe.
final class SrtpReceiver {

    /// So many packets behind the newest one a packet is still taken, once (RFC 3711, 3.3.2).
    static final int WINDOW = 2048;

    private static final int EXTENSION = 0x10;
    private static final int HALF = 1 << 15;

    private final SrtpKeys rtp;
    private final Mac sign;
    private final BitSet seen = new BitSet(WINDOW);
    private boolean started;
    private int ssrc;
    private long newest;

    /// - `key`, `salt`: as DTLS exported them for this direction
    SrtpReceiver(byte[] key, byte[] salt) {
        rtp = SrtpKeys.ofRtp(key, salt);
        sign = Hmac.sha1(rtp.sign());
    }

    /// The packet in the clear; empty for one that nobody signed, that was here already, or that is too old.
    Optional<byte[]> unprotect(byte[] packet) {
        int end = packet.length - SrtpKeys.TAG_BYTES;
        int header = headerBytes(packet, end);
        if (header < 0) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(packet);
        long index = indexOf(Short.toUnsignedInt(in.getShort(2)));
        if (index < 0 || isKnown(index) || (started && in.getInt(8) != ssrc)) {
            return Optional.empty();
        }
        sign.update(packet, 0, end);
        byte[] tag = sign.doFinal(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) (index >>> 16)).array());
        if (!MessageDigest.isEqual(
                Arrays.copyOf(tag, SrtpKeys.TAG_BYTES), Arrays.copyOfRange(packet, end, packet.length))) {
            return Optional.empty();
        }
        ssrc = in.getInt(8);
        remember(index);
        byte[] clear = Arrays.copyOf(packet, end);
        rtp.crypt(ssrc, index, clear, header, end - header);
        return Optional.of(clear);
    }

    /// Less than 0 where it exceeds the packet.
    private static int headerBytes(byte[] packet, int end) {
        if (end < RtpPacket.HEADER_BYTES) {
            return -1;
        }
        int header = RtpPacket.HEADER_BYTES + 4 * (packet[0] & 0xf);
        if ((packet[0] & EXTENSION) != 0) {
            if (header + 4 > end) {
                return -1;
            }
            header += 4 + 4 * Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(header + 2));
        }
        return header <= end ? header : -1;
    }

    /// The roll-over counter and the number, as near to the newest packet as can be (RFC 3711, 3.3.1); less than 0
    /// for a packet from before the first.
    private long indexOf(int sequence) {
        if (!started) {
            return sequence;
        }
        long near = (newest & ~0xffffL) | sequence;
        if (near - newest > HALF) {
            return near - 2 * HALF;
        }
        return newest - near > HALF ? near + 2 * HALF : near;
    }

    private boolean isKnown(long index) {
        return started && (index <= newest - WINDOW || (index <= newest && seen.get((int) (index % WINDOW))));
    }

    private void remember(long index) {
        if (!started || index - newest >= WINDOW) {
            seen.clear();
        } else {
            for (long between = newest + 1; between < index; between++) {
                seen.clear((int) (between % WINDOW));
            }
        }
        seen.set((int) (index % WINDOW));
        newest = started ? Math.max(newest, index) : index;
        started = true;
    }
}
