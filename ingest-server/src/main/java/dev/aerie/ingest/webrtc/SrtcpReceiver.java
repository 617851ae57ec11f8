package dev.aerie.ingest.webrtc;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;

/// Verifies and decrypts the RTCP that one peer sends. A packet that is older than the newest one counts as replayed.
/// Not thread-safe.
final class SrtcpReceiver {

    private static final int ENCRYPTED = 1 << 31;
    private static final int HEADER_BYTES = 8;
    private static final int TRAILER_BYTES = Integer.BYTES + SrtpKeys.TAG_BYTES;

    private final SrtpKeys rtcp;
    private final Mac sign;
    private int newest = -1;

    /// - `key`, `salt`: as DTLS exported them for this direction
    SrtcpReceiver(byte[] key, byte[] salt) {
        rtcp = SrtpKeys.ofRtcp(key, salt);
        sign = Hmac.sha1(rtcp.sign());
    }

    /// The compound packet in the clear; empty for one that nobody signed, or that was here already.
    Optional<byte[]> unprotect(byte[] packet) {
        int end = packet.length - TRAILER_BYTES;
        if (end < HEADER_BYTES) {
            return Optional.empty();
        }
        sign.update(packet, 0, end + Integer.BYTES);
        byte[] tag = Arrays.copyOf(sign.doFinal(), SrtpKeys.TAG_BYTES);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(packet, end + Integer.BYTES, packet.length))) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(packet);
        int trailer = in.getInt(end);
        int index = trailer & ~ENCRYPTED;
        if (index <= newest) {
            return Optional.empty();
        }
        newest = index;
        byte[] clear = Arrays.copyOf(packet, end);
        if ((trailer & ENCRYPTED) != 0) {
            rtcp.crypt(in.getInt(4), index, clear, HEADER_BYTES, end - HEADER_BYTES);
        }
        return Optional.of(clear);
    }
}
