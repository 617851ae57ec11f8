package dev.aerie.ingest.rtp;

import io.netty.buffer.ByteBuf;

/// One RTP packet as it came (RFC 3550, 5.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |             CSRC, CC times; header extension if X             |
/// ```
/// - `payload`: without padding and extension; a view on the buffer that was parsed, which this packet owns
public record RtpPacket(boolean marker, int payloadType, int sequenceNumber, int timestamp, int ssrc, ByteBuf payload) {

    static final int HEADER_BYTES = 12;

    /// Reads a packet and takes `buffer` over; it is released where this throws.
    public static RtpPacket parse(ByteBuf buffer) throws MalformedPacketException {
        try {
            return view(buffer);
        } catch (MalformedPacketException e) {
            buffer.release();
            throw e;
        }
    }

    /// Gives the bytes back; once, by whoever handled the packet last.
    public void release() {
        payload.release();
    }

    private static RtpPacket view(ByteBuf buffer) throws MalformedPacketException {
        int start = buffer.readerIndex();
        int size = buffer.readableBytes();
        if (size < HEADER_BYTES) {
            throw new MalformedPacketException("RTP packet of " + size + " bytes, at least 12 (RFC 3550, 5.1)");
        }
        int flags = buffer.getUnsignedByte(start);
        if (flags >> 6 != 2) {
            throw new MalformedPacketException("RTP version " + (flags >> 6) + ", want 2 (RFC 3550, 5.1)");
        }
        int payloadStart = start + HEADER_BYTES + 4 * (flags & 0x0f);
        if ((flags & 0x10) != 0) {
            payloadStart = afterExtension(buffer, payloadStart);
        }
        int payloadEnd = start + size - ((flags & 0x20) != 0 ? buffer.getUnsignedByte(start + size - 1) : 0);
        if (payloadEnd < payloadStart) {
            throw new MalformedPacketException("RTP header and padding exceed the packet's " + size + " bytes");
        }
        int second = buffer.getUnsignedByte(start + 1);
        return new RtpPacket(
                second >> 7 == 1,
                second & 0x7f,
                buffer.getUnsignedShort(start + 2),
                buffer.getInt(start + 4),
                buffer.getInt(start + 8),
                buffer.slice(payloadStart, payloadEnd - payloadStart));
    }

    private static int afterExtension(ByteBuf buffer, int extensionStart) throws MalformedPacketException {
        if (extensionStart + 4 > buffer.writerIndex()) {
            throw new MalformedPacketException("RTP header extension exceeds the packet");
        }
        return extensionStart + 4 + 4 * buffer.getUnsignedShort(extensionStart + 2);
    }
}
