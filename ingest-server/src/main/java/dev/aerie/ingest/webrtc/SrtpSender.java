package dev.aerie.ingest.webrtc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;

/// Encrypts and signs what one peer sends: RTP of one source, and RTCP. Not thread-safe.
final class SrtpSender {

    private static final int ENCRYPTED = 1 << 31;
    private static final int RTCP_HEADER_BYTES = 8;

    private final SrtpKeys rtp;
    private final SrtpKeys rtcp;
    private final Mac rtpSign;
    private final Mac rtcpSign;
    private int rollOver;
    private int lastSequence = -1;
    private int reports;

    /// - `key`, `salt`: as DTLS exported them for this direction
    SrtpSender(byte[] key, byte[] salt) {
        rtp = SrtpKeys.ofRtp(key, salt);
        rtcp = SrtpKeys.ofRtcp(key, salt);
        rtpSign = Hmac.sha1(rtp.sign());
        rtcpSign = Hmac.sha1(rtcp.sign());
    }

    /// Packets come in the order of their sequence numbers.
    ///
    /// - `packet`: RTP with room for [SrtpKeys#TAG_BYTES] behind it, changed in place
    /// - `headerBytes`: of its header, which stays readable
    void protect(byte[] packet, int headerBytes) {
        var in = ByteBuffer.wrap(packet);
        int sequence = Short.toUnsignedInt(in.getShort(2));
        if (sequence < lastSequence) {
            rollOver++;
        }
        lastSequence = sequence;
        int end = packet.length - SrtpKeys.TAG_BYTES;
        long index = Integer.toUnsignedLong(rollOver) << 16 | sequence;
        rtp.crypt(in.getInt(8), index, packet, headerBytes, end - headerBytes);
        rtpSign.update(packet, 0, end);
        byte[] tag = rtpSign.doFinal(
                ByteBuffer.allocate(Integer.BYTES).putInt(rollOver).array());
        System.arraycopy(tag, 0, packet, end, SrtpKeys.TAG_BYTES);
    }

    /// The compound packet encrypted and signed, a new array.
    byte[] protectRtcp(byte[] compound) {
        int end = compound.length;
        byte[] packet = Arrays.copyOf(compound, end + Integer.BYTES + SrtpKeys.TAG_BYTES);
        var out = ByteBuffer.wrap(packet);
        int index = reports++ & ~ENCRYPTED;
        rtcp.crypt(out.getInt(4), index, packet, RTCP_HEADER_BYTES, end - RTCP_HEADER_BYTES);
        out.putInt(end, index | ENCRYPTED);
        rtcpSign.update(packet, 0, end + Integer.BYTES);
        System.arraycopy(rtcpSign.doFinal(), 0, packet, end + Integer.BYTES, SrtpKeys.TAG_BYTES);
        return packet;
    }
}
