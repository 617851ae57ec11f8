package dev.aerie.ingest.rtp;

import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.RtpPayloadFormat;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalKind;
import dev.aerie.video.NalUnit;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/// Turns the access units of one stream into RTP packets: single NAL units and fragments ([RtpPayloadFormat]).
///
/// Delimiters (AUD) in the video are left out. With `trailingAud`, one follows each access unit instead, in a packet of
/// its own that carries the time expected of the *next* frame and no marker: FFmpeg's parser then hands out the
/// frame at once instead of one frame late, and its timestamps stay right. Video with reordered frames gets none,
/// as the next time is not known.
///
/// Not thread-safe.
public final class RtpPacketizer {

    static final int MAX_PAYLOAD_BYTES = 1400;

    private static final int OVERHEAD_BYTES = 4 + RtpPacket.HEADER_BYTES;

    private final ByteBufAllocator allocator;
    private final int ssrc;
    private final int timeOffset;
    private final NextFrameTime nextFrameTime;
    private int sequence;

    /// - `ssrc`, `firstSequence`, `timeOffset`: random, by RFC 3550, 5.1
    public RtpPacketizer(ByteBufAllocator allocator, int ssrc, int firstSequence, int timeOffset, boolean trailingAud) {
        this.allocator = allocator;
        this.ssrc = ssrc;
        this.sequence = firstSequence & 0xffff;
        this.timeOffset = timeOffset;
        this.nextFrameTime = new NextFrameTime(trailingAud);
    }

    public int ssrc() {
        return ssrc;
    }

    /// The packets of `unit`, owned by the caller; `captureTimeNanos` is carried along for sender reports.
    public PacketizedUnit packetize(AccessUnit unit, long captureTimeNanos) {
        List<NalUnit> nals = unit.nalUnits().stream()
                .filter(nal -> nal.kind() != NalKind.DELIMITER)
                .toList();
        var format = RtpPayloadFormat.of(unit.codec());
        byte[] delimiter = unit.codec().delimiter();
        OptionalLong nextPts = nextFrameTime.after(unit);
        int packets = nextPts.isPresent() ? 1 : 0;
        int bytes = packets * (OVERHEAD_BYTES + delimiter.length);
        for (NalUnit nal : nals) {
            int count = packetCount(nal.sizeBytes(), format);
            packets += count;
            bytes += nal.sizeBytes() + count * (OVERHEAD_BYTES + format.fragmentHeadBytes());
        }
        int rtpTime = rtpTime(unit.ptsTicks90k());
        var out = allocator.directBuffer(Math.max(1, bytes));
        var writer = new PacketWriter(out, packets, ssrc, sequence);
        for (int i = 0; i < nals.size(); i++) {
            write(writer, nals.get(i), format, rtpTime, i == nals.size() - 1);
        }
        if (nextPts.isPresent()) {
            writer.single(ByteBuffer.wrap(delimiter), rtpTime(nextPts.getAsLong()), false);
        }
        int first = sequence;
        sequence = sequence + packets & 0xffff;
        return new PacketizedUnit(out, writer.starts(), unit.isIdr(), first, rtpTime, captureTimeNanos);
    }

    private static void write(PacketWriter writer, NalUnit nal, RtpPayloadFormat format, int rtpTime, boolean last) {
        if (nal.sizeBytes() <= MAX_PAYLOAD_BYTES) {
            writer.single(nal.bytes(), rtpTime, last);
        } else {
            writer.fragments(nal, format, rtpTime, last);
        }
    }

    private static int packetCount(int nalBytes, RtpPayloadFormat format) {
        int inEach = MAX_PAYLOAD_BYTES - format.fragmentHeadBytes();
        return nalBytes <= MAX_PAYLOAD_BYTES
                ? 1
                : Math.ceilDiv(nalBytes - format.codec().headerBytes(), inEach);
    }

    private int rtpTime(long ptsTicks90k) {
        return (int) ptsTicks90k + timeOffset;
    }
}
