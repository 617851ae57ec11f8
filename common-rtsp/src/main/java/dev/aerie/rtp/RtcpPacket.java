package dev.aerie.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The parts of a compound RTCP packet (RFC 3550, 6.1) that are used here.
///
/// - `report`: its sender report, if it has one
/// - `goodbye`: whether the sender leaves (BYE)
public record RtcpPacket(Optional<SenderReport> report, boolean goodbye) {

    private static final int GOODBYE = 203;

    /// Reads the bytes between position and limit, which stay the caller's; throws if a part's length exceeds the
    /// whole.
    public static RtcpPacket parse(ByteBuffer in) throws MalformedPacketException {
        Optional<SenderReport> report = Optional.empty();
        boolean goodbye = false;
        int at = in.position();
        while (at < in.limit()) {
            int end = end(in, at);
            int type = in.get(at + 1) & 0xff;
            if (type == SenderReport.PACKET_TYPE && end - at >= 4 + SenderReport.BODY_BYTES) {
                report = Optional.of(SenderReport.read(in, at + 4));
            }
            goodbye |= type == GOODBYE;
            at = end;
        }
        return new RtcpPacket(report, goodbye);
    }

    private static int end(ByteBuffer in, int at) throws MalformedPacketException {
        int rest = in.limit() - at;
        if (rest < 4) {
            throw new MalformedPacketException("RTCP packet of " + rest + " bytes, at least 4 (RFC 3550, 6.1)");
        }
        if ((in.get(at) & 0xff) >> 6 != 2) {
            throw new MalformedPacketException("RTCP version is not 2 (RFC 3550, 6.1)");
        }
        int bytes = 4 + 4 * (in.getShort(at + 2) & 0xffff);
        if (bytes > rest) {
            throw new MalformedPacketException("RTCP packet of " + bytes + " bytes, received " + rest);
        }
        return at + bytes;
    }
}
