package dev.aerie.ingest.rtp;

import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.RtpPayloadFormat;
import dev.aerie.rtsp.sdp.SdpWriter;
import dev.aerie.video.NalUnit;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// Writes one access unit's packets behind each other, each behind its frame header.
final class PacketWriter {

    private final ByteBuf out;
    private final int[] starts;
    private final int ssrc;
    private int sequence;
    private int packets;

    PacketWriter(ByteBuf out, int packetCount, int ssrc, int sequence) {
        this.out = out;
        this.starts = new int[packetCount + 1];
        this.ssrc = ssrc;
        this.sequence = sequence;
    }

    /// A packet that is one whole NAL unit.
    void single(ByteBuffer nal, int rtpTime, boolean marker) {
        header(nal.remaining(), rtpTime, marker);
        out.writeBytes(nal);
    }

    /// A NAL unit in fragments.
    void fragments(NalUnit nal, RtpPayloadFormat format, int rtpTime, boolean markerOnLast) {
        int header = nal.header();
        int payloadHeader = format.fragmentOf(header);
        var bytes = nal.bytes().position(format.codec().headerBytes());
        int head = format.fragmentHeadBytes();
        boolean first = true;
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), RtpPacketizer.MAX_PAYLOAD_BYTES - head);
            boolean last = size == bytes.remaining();
            header(size + head, rtpTime, last && markerOnLast);
            for (int i = format.codec().headerBytes() - 1; i >= 0; i--) {
                out.writeByte(payloadHeader >>> (8 * i));
            }
            out.writeByte(format.fragmentHeader(header, first, last));
            int limit = bytes.limit();
            bytes.limit(bytes.position() + size);
            out.writeBytes(bytes);
            bytes.limit(limit);
            first = false;
        }
    }

    int[] starts() {
        starts[packets] = out.writerIndex();
        return starts;
    }

    private void header(int payloadBytes, int rtpTime, boolean marker) {
        starts[packets++] = out.writerIndex();
        out.writeByte('$').writeByte(0).writeShort(RtpPacket.HEADER_BYTES + payloadBytes);
        out.writeByte(0x80).writeByte((marker ? 0x80 : 0) | SdpWriter.PAYLOAD_TYPE);
        out.writeShort(sequence++).writeInt(rtpTime).writeInt(ssrc);
    }
}
