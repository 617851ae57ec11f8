package dev.aerie.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// What matters to us of a compound RTCP packet (RFC 3550, 6.1).
///
/// - `report`: its sender report, if it has one
/// - `goodbye`: whether the sender leaves
public record RtcpPacket(Optional<SenderReport> report, boolean goodbye) {

    private static final int GOODBYE = 203;

    /// Reads a packet, which stays the caller's; throws if a part's length exceeds the whole.
    public static RtcpPacket parse(ByteBuf in) throws MalformedPacketException {
        Optional<SenderReport> report = Optional.empty();
        boolean goodbye = false;
        int at = in.readerIndex();
        while (at < in.writerIndex()) {
            int end = end(in, at);
            int type = in.getUnsignedByte(at + 1);
            if (type == SenderReport.PACKET_TYPE && end - at >= 4 + SenderReport.BODY_BYTES) {
                report = Optional.of(SenderReport.read(in, at + 4));
            }
            goodbye |= type == GOODBYE;
            at = end;
        }
        return new RtcpPacket(report, goodbye);
    }

    private static int end(ByteBuf in, int at) throws MalformedPacketException {
        int rest = in.writerIndex() - at;
        if (rest < 4) {
            throw new MalformedPacketException("RTCP packet of " + rest + " bytes, at least 4 (RFC 3550, 6.1)");
        }
        if (in.getUnsignedByte(at) >> 6 != 2) {
            throw new MalformedPacketException("RTCP version is not 2 (RFC 3550, 6.1)");
        }
        int bytes = 4 + 4 * in.getUnsignedShort(at + 2);
        if (bytes > rest) {
            throw new MalformedPacketException("RTCP packet says " + bytes + " bytes, has " + rest);
        }
        return at + bytes;
    }
}
