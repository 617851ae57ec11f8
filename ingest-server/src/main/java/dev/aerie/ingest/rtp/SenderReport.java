package dev.aerie.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// What a sender says of its stream: at this wall clock, the RTP clock stood there (RFC 3550, 6.4.1).
///
/// - `unixNanos`: the report's NTP time as Unix time
/// - `packets`, `payloadBytes`: sent so far, modulo 2³²
public record SenderReport(int ssrc, long unixNanos, int rtpTime, long packets, long payloadBytes) {

    static final int PACKET_TYPE = 200;
    static final int BODY_BYTES = 24;

    private static final int SOURCE_DESCRIPTION = 202;
    private static final int GOODBYE = 203;
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
    private static final byte[] CANONICAL_NAME = "aerie".getBytes(StandardCharsets.US_ASCII);

    /// Bytes that [#write] takes, with its source description; with a goodbye 8 more.
    public static final int BYTES = 4 + BODY_BYTES + 4 + 4 + 8;

    /// Writes the report and a source description (CNAME) as one compound packet.
    public void write(ByteBuf out) {
        out.writeByte(0x80).writeByte(PACKET_TYPE).writeShort(BODY_BYTES / 4).writeInt(ssrc);
        out.writeInt((int) (Math.floorDiv(unixNanos, 1_000_000_000L) + NTP_EPOCH_SECONDS));
        out.writeInt((int) ((Math.floorMod(unixNanos, 1_000_000_000L) << 32) / 1_000_000_000L));
        out.writeInt(rtpTime).writeInt((int) packets).writeInt((int) payloadBytes);
        out.writeByte(0x81).writeByte(SOURCE_DESCRIPTION).writeShort(3).writeInt(ssrc);
        out.writeByte(1)
                .writeByte(CANONICAL_NAME.length)
                .writeBytes(CANONICAL_NAME)
                .writeByte(0);
    }

    /// Writes the report and, behind it, that the sender leaves (BYE).
    public void writeGoodbye(ByteBuf out) {
        write(out);
        out.writeByte(0x81).writeByte(GOODBYE).writeShort(1).writeInt(ssrc);
    }

    /// Reads the body behind the four bytes of an RTCP header.
    static SenderReport read(ByteBuf in, int at) {
        long seconds = in.getUnsignedInt(at + 4) - NTP_EPOCH_SECONDS;
        // NTP's 32 bits of seconds run out in 2036: small values belong to the era after that.
        long unixSeconds = in.getInt(at + 4) >= 0 ? seconds + (1L << 32) : seconds;
        long nanos = (in.getUnsignedInt(at + 8) * 1_000_000_000L) >>> 32;
        return new SenderReport(
                in.getInt(at),
                unixSeconds * 1_000_000_000L + nanos,
                in.getInt(at + 12),
                in.getUnsignedInt(at + 16),
                in.getUnsignedInt(at + 20));
    }
}
