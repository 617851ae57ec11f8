package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.rtp.H264Depacketizer;
import dev.aerie.ingest.rtp.MalformedPacketException;
import dev.aerie.ingest.rtp.ReorderBuffer;
import dev.aerie.ingest.rtp.RtcpPacket;
import dev.aerie.ingest.rtp.RtpPacket;
import dev.aerie.ingest.rtp.SenderClock;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// The video of a publisher: its packets, by TCP in order or by UDP in any, become access units.
final class RecordTrack implements AutoCloseable {

    private final int payloadType;
    private final H264Depacketizer depacketizer;
    private final ReorderBuffer reorder = new ReorderBuffer();
    private final SenderClock clock = new SenderClock();
    private boolean goodbye;

    RecordTrack(String stream, Sdp.Media media) {
        var sets = new byte[media.parameterSets().remaining()];
        media.parameterSets().duplicate().get(sets);
        payloadType = media.h264PayloadType();
        depacketizer = new H264Depacketizer(stream, sets);
    }

    /// Takes an RTP packet, lent; returns the units that are complete now. Throws [MalformedPacketException] for a
    /// packet to be counted and forgotten, [MalformedVideoException] for video that cannot go on.
    List<AccessUnit> rtp(ByteBuf bytes, boolean ordered) throws MalformedPacketException, MalformedVideoException {
        RtpPacket packet = RtpPacket.parse(bytes.retain());
        if (packet.payloadType() != payloadType) {
            packet.release();
            return List.of();
        }
        return depacketize(ordered ? List.of(packet) : reorder.push(packet, System.nanoTime()));
    }

    /// Takes an RTCP packet, lent.
    void rtcp(ByteBuf bytes) throws MalformedPacketException {
        var packet = RtcpPacket.parse(bytes);
        packet.report().ifPresent(clock::accept);
        goodbye |= packet.goodbye();
    }

    SenderClock clock() {
        return clock;
    }

    /// Whether the publisher said that it leaves.
    boolean saidGoodbye() {
        return goodbye;
    }

    @Override
    public void close() {
        reorder.close();
    }

    /// Handles and releases every packet, even where one of them is broken.
    private List<AccessUnit> depacketize(List<RtpPacket> packets)
            throws MalformedPacketException, MalformedVideoException {
        var units = new ArrayList<AccessUnit>(1);
        int done = 0;
        try {
            for (RtpPacket packet : packets) {
                done++;
                try {
                    units.addAll(depacketizer.push(packet));
                } finally {
                    packet.release();
                }
            }
        } finally {
            packets.subList(done, packets.size()).forEach(RtpPacket::release);
        }
        return units;
    }
}
