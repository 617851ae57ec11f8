package dev.aerie.rtsp.tcp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.NalUnit;
import dev.aerie.video.RtpTimeline;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Makes access units of RTP packets in order (RFC 6184): single NAL units, STAP-A, FU-A. Not thread-safe.
///
/// ```
/// RTP header (12 or more) · NAL unit                                    becomes  00 00 00 01 · NAL unit
/// RTP header (12 or more) · FU indicator · FU header · piece of one     becomes  00 00 00 01 · header · piece
/// ```
///
/// Start codes are written over what stands in front of each NAL unit, so no byte is copied on the way to the
/// assembler. Where packets are missing, the units in front of the gap and behind it, which may be torn, are dropped.
final class RtpUnpacker {

    private static final int HEADER_BYTES = 12;
    private static final int MAX_UNIT_BYTES = 16 << 20;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;
    private static final int FIRST_PIECE = 0x80;
    private static final int TYPE_MASK = 0x1f;
    private static final int PADDED = 0x20;
    private static final int MARKER = 0x80;
    private static final int EXTENDED = 0x10;

    private final String stream;
    private final VideoDescription video;
    private final RtpTimeline timeline = new RtpTimeline();
    private AccessUnitAssembler assembler;
    private boolean started;
    private int nextSequence;
    private int timestamp;
    private boolean damaged;
    private boolean marked;
    private long skipped;

    RtpUnpacker(String stream, VideoDescription video) throws MalformedVideoException {
        this.stream = stream;
        this.video = video;
        this.assembler = assembler();
    }

    /// Units that were dropped because packets were missing.
    long skipped() {
        return skipped;
    }

    /// Takes the packet, whose bytes are changed, and returns the units that are complete now; mostly none.
    List<AccessUnit> push(ByteBuffer packet) throws MalformedVideoException {
        int from = packet.position();
        if (packet.remaining() <= HEADER_BYTES
                || (packet.get(from) & 0xff) >> 6 != 2
                || (packet.get(from + 1) & 0x7f) != video.payloadType()) {
            return List.of();
        }
        int payload = payload(packet);
        int end = packet.limit() - ((packet.get(from) & PADDED) != 0 ? packet.get(packet.limit() - 1) & 0xff : 0);
        if (payload >= end) {
            return List.of();
        }
        boolean delimiter = (packet.get(payload) & TYPE_MASK) == NalUnit.ACCESS_UNIT_DELIMITER;
        marked = (packet.get(from + 1) & MARKER) != 0 || (marked && delimiter);
        follow(packet.getShort(from + 2) & 0xffff, packet.getInt(from + 4));
        return damaged ? List.of() : unpack(packet, payload, end, timeline.unwrap(timestamp));
    }

    /// Nothing more will come: the last unit, if its last packet is there (which bears the marker), none otherwise. A
    /// delimiter behind it, in a packet of its own, changes nothing.
    List<AccessUnit> end() throws MalformedVideoException {
        return marked && !damaged ? assembler.flush() : List.of();
    }

    /// Where it begins, behind sources and extension (RFC 3550, section 5.1).
    private static int payload(ByteBuffer packet) {
        int flags = packet.get(packet.position());
        int payload = packet.position() + HEADER_BYTES + Integer.BYTES * (flags & 0x0f);
        if ((flags & EXTENDED) == 0 || payload + Integer.BYTES > packet.limit()) {
            return payload;
        }
        return payload + Integer.BYTES + Integer.BYTES * (packet.getShort(payload + 2) & 0xffff);
    }

    /// Notices a gap, and the first packet of a frame behind it.
    private void follow(int sequence, int time) throws MalformedVideoException {
        if (started && sequence != nextSequence) {
            damaged = true;
            skipped++;
            assembler = assembler();
        } else if (time != timestamp) {
            damaged = false;
        }
        started = true;
        nextSequence = sequence + 1 & 0xffff;
        timestamp = time;
    }

    private List<AccessUnit> unpack(ByteBuffer packet, int from, int to, long pts) throws MalformedVideoException {
        int header = packet.get(from);
        int type = header & TYPE_MASK;
        if (type == STAP_A) {
            return aggregate(packet, from + 1, to, pts);
        }
        if (type != FU_A) {
            return type > STAP_A ? List.of() : unit(packet, from, to, pts);
        }
        if (to - from <= 2) {
            return List.of();
        }
        int piece = packet.get(from + 1);
        if ((piece & FIRST_PIECE) == 0) {
            return assembler.push(view(packet, from + 2, to), pts);
        }
        packet.put(from + 1, (byte) ((header & ~TYPE_MASK) | (piece & TYPE_MASK)));
        return unit(packet, from + 1, to, pts);
    }

    private List<AccessUnit> aggregate(ByteBuffer packet, int from, int to, long pts) throws MalformedVideoException {
        var units = new ArrayList<AccessUnit>();
        int at = from;
        while (at + Short.BYTES < to) {
            int begin = at + Short.BYTES;
            int end = begin + (packet.getShort(at) & 0xffff);
            if (end == begin || end > to) {
                break;
            }
            units.addAll(unit(packet, begin, end, pts)); // the start code covers what was read before
            at = end;
        }
        return units;
    }

    /// A NAL unit, or its first piece, from its header byte on.
    private List<AccessUnit> unit(ByteBuffer packet, int from, int to, long pts) throws MalformedVideoException {
        if ((packet.get(from) & TYPE_MASK) == NalUnit.ACCESS_UNIT_DELIMITER) {
            return List.of(); // says nothing that RTP does not, and may come with the time of another frame
        }
        int start = from - Integer.BYTES;
        packet.putInt(start, 1);
        return assembler.push(view(packet, start, to), pts);
    }

    private static ByteBuffer view(ByteBuffer packet, int from, int to) {
        return packet.duplicate().limit(to).position(from);
    }

    private AccessUnitAssembler assembler() throws MalformedVideoException {
        var fresh = new AccessUnitAssembler(stream, MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT);
        if (video.parameterSets().hasRemaining()) {
            var _ = fresh.push(video.parameterSets().duplicate(), 0);
        }
        return fresh;
    }
}
