package dev.aerie.ingest.rtp;

import dev.aerie.rtp.RtpPacket;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/// Turns the access units of one stream into RTP packets (RFC 6184, packetization mode 1): single NAL units and FU-A.
///
/// Delimiters (AUD) in the video are left out. With `trailingAud`, one follows each access unit instead, in a packet of
/// its own that carries the time expected of the *next* frame and no marker: FFmpeg's parser then hands out the
/// frame at once instead of one frame late, and its timestamps stay right. Video with reordered frames gets none,
/// as the next time is not known.
///
/// Not thread-safe.
public final class H264Packetizer {

    static final int MAX_PAYLOAD_BYTES = 1400;

    private static final int OVERHEAD_BYTES = 4 + RtpPacket.HEADER_BYTES;
    private static final byte[] DELIMITER = {NalUnit.ACCESS_UNIT_DELIMITER, (byte) 0xf0};

    private final ByteBufAllocator allocator;
    private final int ssrc;
    private final int timeOffset;
    private final NextFrameTime nextFrameTime;
    private int sequence;

    /// - `ssrc`, `firstSequence`, `timeOffset`: random, by RFC 3550, 5.1
    public H264Packetizer(
            ByteBufAllocator allocator, int ssrc, int firstSequence, int timeOffset, boolean trailingAud) {
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
                .filter(nal -> nal.type() != NalUnit.ACCESS_UNIT_DELIMITER)
                .toList();
        OptionalLong nextPts = nextFrameTime.after(unit);
        int packets = nextPts.isPresent() ? 1 : 0;
        int bytes = packets * (OVERHEAD_BYTES + DELIMITER.length);
        for (NalUnit nal : nals) {
            int count = packetCount(nal.sizeBytes());
            packets += count;
            bytes += nal.sizeBytes() + count * (OVERHEAD_BYTES + 2);
        }
        int rtpTime = rtpTime(unit.ptsTicks90k());
        var out = allocator.directBuffer(Math.max(1, bytes));
        var writer = new PacketWriter(out, packets, ssrc, sequence);
        for (int i = 0; i < nals.size(); i++) {
            write(writer, nals.get(i), rtpTime, i == nals.size() - 1);
        }
        if (nextPts.isPresent()) {
            writer.single(ByteBuffer.wrap(DELIMITER), rtpTime(nextPts.getAsLong()), false);
        }
        int first = sequence;
        sequence = sequence + packets & 0xffff;
        return new PacketizedUnit(out, writer.starts(), unit.isIdr(), first, rtpTime, captureTimeNanos);
    }

    private static void write(PacketWriter writer, NalUnit nal, int rtpTime, boolean last) {
        if (nal.sizeBytes() <= MAX_PAYLOAD_BYTES) {
            writer.single(nal.bytes(), rtpTime, last);
        } else {
            writer.fragments(nal.bytes(), rtpTime, last);
        }
    }

    private static int packetCount(int nalBytes) {
        return nalBytes <= MAX_PAYLOAD_BYTES ? 1 : Math.ceilDiv(nalBytes - 1, MAX_PAYLOAD_BYTES - 2);
    }

    private int rtpTime(long ptsTicks90k) {
        return (int) ptsTicks90k + timeOffset;
    }
}
