package dev.aerie.rtp;

import java.nio.ByteBuffer;

/// One RTP packet (RFC 3550, 5.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +---------------+---------------+-------------------------------+
/// |                           timestamp                           |
/// +---------------------------------------------------------------+
/// |                             SSRC                              |
/// +---------------------------------------------------------------+
/// |             CSRC, CC times; header extension if X             |
/// +---------------------------------------------------------------+
/// | payload …                 padding if P, its length last       |
/// +---------------------------------------------------------------+
/// ```
/// - `payload`: from index 0 to its limit, without padding and extension; a view on the bytes that were parsed
public record RtpPacket(
        boolean marker, int payloadType, int sequenceNumber, int timestamp, int ssrc, ByteBuffer payload) {

    public static final int HEADER_BYTES = 12;

    private static final int VERSION = 2;
    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;

    /// Reads the bytes between position and limit, which stay the caller's and unchanged.
    public static RtpPacket parse(ByteBuffer bytes) throws MalformedPacketException {
        int start = bytes.position();
        int size = bytes.remaining();
        if (size < HEADER_BYTES) {
            throw new MalformedPacketException("RTP packet of " + size + " bytes, at least 12 (RFC 3550, 5.1)");
        }
        int flags = bytes.get(start) & 0xff;
        if (flags >> 6 != VERSION) {
            throw new MalformedPacketException("RTP version " + (flags >> 6) + ", want 2 (RFC 3550, 5.1)");
        }
        int from = start + HEADER_BYTES + 4 * (flags & 0x0f);
        if ((flags & EXTENSION) != 0) {
            from = afterExtension(bytes, from);
        }
        int to = bytes.limit() - ((flags & PADDING) != 0 ? bytes.get(bytes.limit() - 1) & 0xff : 0);
        if (to < from) {
            throw new MalformedPacketException("RTP header and padding exceed the packet's " + size + " bytes");
        }
        int second = bytes.get(start + 1) & 0xff;
        return new RtpPacket(
                second >> 7 == 1,
                second & 0x7f,
                bytes.getShort(start + 2) & 0xffff,
                bytes.getInt(start + 4),
                bytes.getInt(start + 8),
                bytes.slice(from, to - from));
    }

    /// The same packet with its payload in an array of its own.
    RtpPacket copy() {
        var copy = ByteBuffer.allocate(payload.remaining())
                .put(payload.duplicate())
                .flip();
        return new RtpPacket(marker, payloadType, sequenceNumber, timestamp, ssrc, copy);
    }

    private static int afterExtension(ByteBuffer bytes, int from) throws MalformedPacketException {
        if (from + 4 > bytes.limit()) {
            throw new MalformedPacketException("RTP header extension exceeds the packet");
        }
        return from + 4 + 4 * (bytes.getShort(from + 2) & 0xffff);
    }
}
