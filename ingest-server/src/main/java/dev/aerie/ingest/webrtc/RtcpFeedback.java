package dev.aerie.ingest.webrtc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a receiver of video asks for in one compound RTCP packet (RFC 4585, RFC 5104): read of viewers, written to
/// publishers.
///
/// - `lost`: sequence numbers of packets that it misses, 0..65535
/// - `wantsIdr`: it cannot go on without an IDR frame
record RtcpFeedback(List<Integer> lost, boolean wantsIdr) {

    /// So many numbers [#write] takes.
    static final int MAX_LOST = 256;

    /// Bytes of the report in front, which says nothing.
    private static final int REPORT_BYTES = 8;

    private static final int HEADER_BYTES = 4;
    private static final int FEEDBACK_HEADER_BYTES = 12;
    private static final int RECEIVER_REPORT = 201;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;
    private static final int GENERIC_NACK = 1;
    private static final int PICTURE_LOSS = 1;
    private static final int FULL_INTRA_REQUEST = 4;
    private static final int MASK_BITS = 16;

    /// Reads what it understands; what is behind a broken packet is left out.
    static RtcpFeedback read(byte[] compound) {
        var in = ByteBuffer.wrap(compound);
        var lost = new ArrayList<Integer>();
        boolean wantsIdr = false;
        int at = 0;
        while (at + HEADER_BYTES <= compound.length) {
            int format = in.get(at) & 0x1f;
            int type = Byte.toUnsignedInt(in.get(at + 1));
            int end = at + HEADER_BYTES + 4 * Short.toUnsignedInt(in.getShort(at + 2));
            if (end > compound.length) {
                break;
            }
            if (type == TRANSPORT_FEEDBACK && format == GENERIC_NACK) {
                readNack(in, at + FEEDBACK_HEADER_BYTES, end, lost);
            } else if (type == PAYLOAD_FEEDBACK) {
                wantsIdr |= format == PICTURE_LOSS || format == FULL_INTRA_REQUEST;
            }
            at = end;
        }
        return new RtcpFeedback(List.copyOf(lost), wantsIdr);
    }

    /// Bytes that [#write] takes.
    int bytes() {
        return REPORT_BYTES
                + (lost.isEmpty() ? 0 : FEEDBACK_HEADER_BYTES + 4 * lost.size())
                + (wantsIdr ? FEEDBACK_HEADER_BYTES : 0);
    }

    /// Writes it behind a report without contents (RFC 3550, 6.1): a NACK and a PLI, as far as there is something to
    /// ask.
    ///
    /// - `own`, `media`: SSRC of who asks, and of the video
    void write(ByteBuffer out, int own, int media) {
        out.put((byte) 0x80).put((byte) RECEIVER_REPORT).putShort((short) 1).putInt(own);
        if (!lost.isEmpty()) {
            head(out, GENERIC_NACK, TRANSPORT_FEEDBACK, 2 + lost.size(), own, media);
            lost.forEach(sequence -> out.putShort(sequence.shortValue()).putShort((short) 0));
        }
        if (wantsIdr) {
            head(out, PICTURE_LOSS, PAYLOAD_FEEDBACK, 2, own, media);
        }
    }

    private static void head(ByteBuffer out, int format, int type, int words, int own, int media) {
        out.put((byte) (0x80 | format)).put((byte) type).putShort((short) words);
        out.putInt(own).putInt(media);
    }

    private static void readNack(ByteBuffer in, int from, int end, List<Integer> lost) {
        for (int at = from; at + 4 <= end; at += 4) {
            int first = Short.toUnsignedInt(in.getShort(at));
            int mask = in.getShort(at + 2);
            lost.add(first);
            for (int i = 0; i < MASK_BITS; i++) {
                if ((mask >> i & 1) == 1) {
                    lost.add(first + 1 + i & 0xffff);
                }
            }
        }
    }
}
