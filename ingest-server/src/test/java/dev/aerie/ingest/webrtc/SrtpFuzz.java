package dev.aerie.ingest.webrtc;

import dev.aerie.limits.ByteBudget;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Packets of SRTP and SRTCP, each behind two bytes with its length: as they are, or encrypted and signed before, as a
/// publisher sends them who has the keys.
final class SrtpFuzz {

    private static final byte[] KEY = new byte[SrtpKeys.KEY_BYTES];
    private static final byte[] SALT = new byte[SrtpKeys.SALT_BYTES];
    private static final int BUDGET_BYTES = 1 << 16;
    private static final int SIGNED = 0x8000;
    private static final int CONTROL = 0x4000;
    private static final int MAX_PACKET_BYTES = 2048;

    private SrtpFuzz() {}

    /// The first byte: the codec. Of each length the highest bits: signed, RTCP.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var budget = new ByteBudget(BUDGET_BYTES);
        var receiver = new VideoReceiver(
                "drone",
                new OfferedFormat(96, (data[0] & 1) == 0 ? VideoCodec.H264 : VideoCodec.H265, "", (data[0] & 2) == 0),
                new DtlsServer.Exported(KEY, KEY, SALT, SALT),
                9,
                budget,
                _ -> {},
                0);
        var control = new SrtpSender(KEY, SALT);
        var in = ByteBuffer.wrap(data, 1, data.length - 1);
        try {
            for (long nanos = 0; in.remaining() > 2; nanos += 10_000_000) {
                int head = Short.toUnsignedInt(in.getShort());
                var packet = new byte[Math.min(in.remaining(), head & (MAX_PACKET_BYTES - 1))];
                in.get(packet);
                take(receiver, control, head, packet, nanos);
                var _ = receiver.poll(nanos);
                receiver.report(nanos);
                if (budget.taken() > BUDGET_BYTES) {
                    throw new AssertionError("more is taken than there is");
                }
            }
        } catch (MalformedVideoException _) {
            // Ends the publisher.
        }
        receiver.close();
        if (budget.taken() != 0) {
            throw new AssertionError(budget.taken() + " bytes were not given back");
        }
    }

    private static void take(VideoReceiver receiver, SrtpSender control, int head, byte[] packet, long nanos)
            throws MalformedVideoException {
        boolean signed = (head & SIGNED) != 0;
        if ((head & CONTROL) != 0) {
            boolean taken = receiver.rtcp(signed && packet.length >= 8 ? control.protectRtcp(packet) : packet, nanos);
            var _ = RtcpFeedback.read(packet);
            if (taken && !signed) {
                throw new AssertionError("a report that nobody signed");
            }
        } else if (signed && packet.length >= 12) {
            byte[] sent = Arrays.copyOf(packet, packet.length + SrtpKeys.TAG_BYTES);
            new SrtpSender(KEY, SALT).protect(sent, headerBytes(packet));
            var _ = receiver.rtp(sent, nanos);
        } else if (receiver.rtp(packet, nanos).isPresent()) {
            throw new AssertionError("a packet that nobody signed");
        }
    }

    private static int headerBytes(byte[] packet) {
        int header = 12 + 4 * (packet[0] & 0xf);
        if ((packet[0] & 0x10) != 0 && header + 4 <= packet.length) {
            header += 4 + 4 * Short.toUnsignedInt(ByteBuffer.wrap(packet).getShort(header + 2));
        }
        return Math.min(header, packet.length);
    }
}
