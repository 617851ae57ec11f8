package dev.aerie.ingest.rtp;

import dev.aerie.rtp.H264PayloadType;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtsp.sdp.SdpWriter;
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

    /// A packet that is one whole NAL unit (RFC 6184, 5.6).
    void single(ByteBuffer nal, int rtpTime, boolean marker) {
        header(nal.remaining(), rtpTime, marker);
        out.writeBytes(nal);
    }

    /// A NAL unit in fragments (FU-A; RFC 6184, 5.8).
    ///
    /// ```
    /// FU indicator: F|NRI from the NAL unit, type 28 · FU header: S (first), E (last), R = 0, type of the NAL unit
    /// ```
    void fragments(ByteBuffer nal, int rtpTime, boolean markerOnLast) {
        int header = nal.get();
        int firstFlag = 0x80;
        while (nal.hasRemaining()) {
            int size = Math.min(nal.remaining(), H264Packetizer.MAX_PAYLOAD_BYTES - 2);
            boolean last = size == nal.remaining();
            header(size + 2, rtpTime, last && markerOnLast);
            out.writeByte((header & 0xe0) | H264PayloadType.FU_A);
            out.writeByte(firstFlag | (last ? 0x40 : 0) | (header & 0x1f));
            int limit = nal.limit();
            nal.limit(nal.position() + size);
            out.writeBytes(nal);
            nal.limit(limit);
            firstFlag = 0;
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
