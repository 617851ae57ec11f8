package dev.aerie.ingest.rtp;

import dev.aerie.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;

/// One access unit as RTP packets, made once and sent to every reader.
///
/// All packets lie in one buffer behind each other, each behind its `$` frame header (RFC 2326, 10.12) for channel 0:
/// a TCP reader gets a duplicate of the whole, on another channel with headers of its own between slices of it,
/// a UDP reader a slice per packet. Reference counted, born with one reference.
public final class PacketizedUnit {

    private static final int FRAME_HEADER_BYTES = 4;

    private final ByteBuf framed;
    private final int[] starts;
    private final boolean idr;
    private final int firstSequence;
    private final int rtpTime;
    private final long captureTimeNanos;

    /// - `framed`: taken over
    /// - `starts`: where each packet's frame header begins, and the end of the last
    PacketizedUnit(ByteBuf framed, int[] starts, boolean idr, int firstSequence, int rtpTime, long captureTimeNanos) {
        this.framed = framed;
        this.starts = starts;
        this.idr = idr;
        this.firstSequence = firstSequence;
        this.rtpTime = rtpTime;
        this.captureTimeNanos = captureTimeNanos;
    }

    public boolean isIdr() {
        return idr;
    }

    public int packetCount() {
        return starts.length - 1;
    }

    /// Sequence number of the first packet, 0..65535.
    public int firstSequence() {
        return firstSequence;
    }

    /// RTP timestamp of the frame, 32 bits.
    public int rtpTime() {
        return rtpTime;
    }

    /// Unix time of the frame.
    public long captureTimeNanos() {
        return captureTimeNanos;
    }

    /// All bytes, frame headers included.
    public int framedBytes() {
        return framed.readableBytes();
    }

    /// Bytes of the RTP payloads alone, as a sender report counts them.
    public int payloadBytes() {
        return framedBytes() - packetCount() * (FRAME_HEADER_BYTES + RtpPacket.HEADER_BYTES);
    }

    /// The packets with their frame headers: a retained view, whatever the channel. Only headers are ever copied.
    public ByteBuf framed(int channel) {
        if (channel == 0) {
            return framed.retainedDuplicate();
        }
        int packets = packetCount();
        ByteBuf headers = framed.alloc().directBuffer(packets * FRAME_HEADER_BYTES);
        CompositeByteBuf all = framed.alloc().compositeDirectBuffer(Math.max(2, 2 * packets));
        for (int i = 0; i < packets; i++) {
            int size = starts[i + 1] - starts[i] - FRAME_HEADER_BYTES;
            headers.writeByte('$').writeByte(channel).writeShort(size);
            all.addComponent(true, headers.retainedSlice(i * FRAME_HEADER_BYTES, FRAME_HEADER_BYTES));
            all.addComponent(true, packet(i));
        }
        headers.release();
        return all;
    }

    /// One packet without frame header: a retained view. `index`: 0..[#packetCount] - 1.
    public ByteBuf packet(int index) {
        int start = starts[index] + FRAME_HEADER_BYTES;
        return framed.retainedSlice(start, starts[index + 1] - start);
    }

    public PacketizedUnit retain() {
        framed.retain();
        return this;
    }

    public void release() {
        framed.release();
    }
}
