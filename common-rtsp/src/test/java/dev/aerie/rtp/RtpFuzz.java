package dev.aerie.rtp;

import dev.aerie.rtp.RtpDepacketizer.Recovery;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;

/// RTP and RTCP packets of a publisher or camera, each behind two bytes with its length, through reordering.
final class RtpFuzz {

    private static final int MAX_PACKET_BYTES = 2048;

    private RtpFuzz() {}

    /// The first byte: the codec, and what comes after a lost unit.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var codec = (data[0] & 1) == 0 ? VideoCodec.H264 : VideoCodec.H265;
        var recovery = (data[0] & 2) == 0 ? Recovery.NEXT_UNIT : Recovery.NEXT_IDR;
        var depacketizer = new RtpDepacketizer("drone", codec, ByteBuffer.allocate(0), recovery);
        var reordered = new ReorderBuffer();
        var in = ByteBuffer.wrap(data, 1, data.length - 1).slice();
        try {
            for (long nanos = 0; in.remaining() > 2; nanos += 1_000_000) {
                int length = Math.min(in.remaining() - 2, in.getShort() & (MAX_PACKET_BYTES - 1));
                var packet = in.slice(in.position(), length);
                in.position(in.position() + length);
                push(packet, nanos, reordered, depacketizer);
            }
            depacketizer.end();
        } catch (MalformedVideoException _) {
            // Ends the publisher.
        }
    }

    private static void push(ByteBuffer bytes, long nanos, ReorderBuffer reordered, RtpDepacketizer depacketizer)
            throws MalformedVideoException {
        try {
            RtcpPacket.parse(bytes.duplicate());
        } catch (MalformedPacketException _) {
            // Counted.
        }
        try {
            for (RtpPacket packet : reordered.push(RtpPacket.parse(bytes), nanos)) {
                depacketizer.push(packet);
            }
        } catch (MalformedPacketException _) {
            // Counted.
        }
    }
}
