package dev.aerie.ingest.rtsp;

import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtp.ReorderBuffer;
import dev.aerie.rtp.RtcpPacket;
import dev.aerie.rtp.RtpDepacketizer;
import dev.aerie.rtp.RtpPacket;
import dev.aerie.rtp.SenderClock;
import dev.aerie.rtsp.sdp.MediaDescription;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The video of a publisher: its packets, by TCP in order or by UDP in any, become access units.
final class RecordTrack {

    private final int payloadType;
    private final RtpDepacketizer depacketizer;
    private final ReorderBuffer reorder = new ReorderBuffer();
    private final SenderClock clock = new SenderClock();
    private boolean goodbye;

    /// - `media`: video of a codec that is taken
    RecordTrack(String stream, MediaDescription media) {
        payloadType = media.payloadType();
        depacketizer = new RtpDepacketizer(
                stream, media.codec().orElseThrow(), media.parameterSets(), RtpDepacketizer.Recovery.NEXT_IDR);
    }

    /// Takes an RTP packet, lent; returns the units that are complete now. Throws [MalformedPacketException] for a
    /// packet to be counted and forgotten, [MalformedVideoException] for video that cannot go on.
    List<AccessUnit> rtp(ByteBuffer bytes, boolean ordered) throws MalformedPacketException, MalformedVideoException {
        RtpPacket packet = RtpPacket.parse(bytes);
        if (packet.payloadType() != payloadType) {
            return List.of();
        }
        return ordered ? depacketizer.push(packet) : depacketize(reorder.push(packet, System.nanoTime()));
    }

    /// Takes an RTCP packet, lent.
    void rtcp(ByteBuffer bytes) throws MalformedPacketException {
        var packet = RtcpPacket.parse(bytes);
        packet.report().ifPresent(clock::accept);
        goodbye |= packet.goodbye();
    }

    SenderClock clock() {
        return clock;
    }

    /// Whether the publisher has sent a goodbye (BYE).
    boolean saidGoodbye() {
        return goodbye;
    }

    private List<AccessUnit> depacketize(List<RtpPacket> packets)
            throws MalformedPacketException, MalformedVideoException {
        var units = new ArrayList<AccessUnit>(1);
        for (RtpPacket packet : packets) {
            units.addAll(depacketizer.push(packet));
        }
        return units;
    }
}
