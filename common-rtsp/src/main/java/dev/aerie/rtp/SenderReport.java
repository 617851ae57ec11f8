package dev.aerie.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A sender's report (RFC 3550, 6.4.1): at which wall clock time its RTP clock showed which time.
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

    /// Bytes that [#write] takes, with its source description.
    public static final int BYTES = 4 + BODY_BYTES + 4 + 4 + 8;

    /// Bytes that [#writeGoodbye] takes.
    public static final int GOODBYE_BYTES = BYTES + 8;

    /// Writes the report and a source description (CNAME) as one compound packet.
    public void write(ByteBuffer out) {
        out.put((byte) 0x80).put((byte) PACKET_TYPE).putShort((short) (BODY_BYTES / 4));
        out.putInt(ssrc).putInt((int) (Math.floorDiv(unixNanos, 1_000_000_000L) + NTP_EPOCH_SECONDS));
        out.putInt((int) ((Math.floorMod(unixNanos, 1_000_000_000L) << 32) / 1_000_000_000L));
        out.putInt(rtpTime).putInt((int) packets).putInt((int) payloadBytes);
        out.put((byte) 0x81).put((byte) SOURCE_DESCRIPTION).putShort((short) 3).putInt(ssrc);
        out.put((byte) 1).put((byte) CANONICAL_NAME.length).put(CANONICAL_NAME).put((byte) 0);
    }

    /// Writes the report and, behind it, that the sender leaves (BYE).
    public void writeGoodbye(ByteBuffer out) {
        write(out);
        out.put((byte) 0x81).put((byte) GOODBYE).putShort((short) 1).putInt(ssrc);
    }

    /// The middle of its NTP time: seconds, 16 bits, and their fraction, 16 bits.
    int shortNtpTime() {
        long seconds = Math.floorDiv(unixNanos, 1_000_000_000L) + NTP_EPOCH_SECONDS;
        return (int) ((seconds << 16) | ((Math.floorMod(unixNanos, 1_000_000_000L) << 16) / 1_000_000_000L));
    }

    /// Reads the body behind the four bytes of an RTCP header.
    static SenderReport read(ByteBuffer in, int at) {
        long seconds = unsigned(in, at + 4) - NTP_EPOCH_SECONDS;
        // NTP's 32 bits of seconds run out in 2036: small values belong to the era after that.
        long unixSeconds = in.getInt(at + 4) >= 0 ? seconds + (1L << 32) : seconds;
        long nanos = (unsigned(in, at + 8) * 1_000_000_000L) >>> 32;
        return new SenderReport(
                in.getInt(at),
                unixSeconds * 1_000_000_000L + nanos,
                in.getInt(at + 12),
                unsigned(in, at + 16),
                unsigned(in, at + 20));
    }

    private static long unsigned(ByteBuffer in, int at) {
        return Integer.toUnsignedLong(in.getInt(at));
    }
}
