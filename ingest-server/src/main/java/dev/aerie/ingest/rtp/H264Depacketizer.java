package dev.aerie.ingest.rtp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.NalUnit;
import dev.aerie.video.RtpTimeline;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Puts access units together from a publisher's RTP packets in order (RFC 6184): single NAL units, STAP-A, FU-A.
///
/// - an access unit ends at a marker or where the timestamp changes; a sender that sets the marker in the middle of
///   frames is found out, and its markers are ignored from then on
/// - a lost packet costs the whole access unit; if other frames may refer to it, all up to the next IDR frame
/// - the unit's `ptsTicks90k` is the RTP timestamp, unwrapped
///
/// Not thread-safe. After a [MalformedVideoException] the publication is over.
public final class H264Depacketizer {

    private static final int MAX_UNIT_BYTES = 8 << 20;
    private static final int MAX_UNITS_WITHOUT_IDR = 300;

    private final AccessUnitAssembler assembler;
    private final RtpTimeline timeline = new RtpTimeline();
    private final ByteBuffer parameterSets;
    private final PayloadReader pending = new PayloadReader(MAX_UNIT_BYTES);

    private boolean started;
    private int nextSequence;
    private int timestamp;
    private boolean damaged;
    private boolean ignoresMarkers;
    private boolean endedByMarker;
    private int unitsToSkip;
    private long droppedUnits;

    /// - `stream`: its name
    /// - `parameterSets`: SPS and PPS from the SDP as Annex-B, used until others come in band; may be empty
    public H264Depacketizer(String stream, byte[] parameterSets) {
        assembler = new AccessUnitAssembler(stream, MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT);
        this.parameterSets = ByteBuffer.wrap(parameterSets);
    }

    /// Takes the next packet, which stays the caller's, and returns the access units that are complete now.
    ///
    /// Throws [MalformedPacketException] for a payload that breaks RFC 6184; its access unit is dropped, the next
    /// packet may be pushed.
    public List<AccessUnit> push(RtpPacket packet) throws MalformedPacketException, MalformedVideoException {
        var units = new ArrayList<AccessUnit>(1);
        if (started && packet.sequenceNumber() != nextSequence) {
            damaged = true;
        }
        if (!started || packet.timestamp() != timestamp) {
            beginUnit(packet, units);
        } else if (endedByMarker && PayloadReader.carriesSlice(packet.payload())) {
            ignoresMarkers = true;
        }
        nextSequence = packet.sequenceNumber() + 1 & 0xffff;
        started = true;
        endedByMarker = false;
        collect(packet.payload());
        if (packet.marker() && !ignoresMarkers) {
            endedByMarker = pending.hasSlice();
            endUnit(units);
        }
        return units;
    }

    /// Access units that were dropped because a packet was lost or broken, and those that wait for an IDR frame.
    public long droppedUnits() {
        return droppedUnits;
    }

    private void beginUnit(RtpPacket first, List<AccessUnit> units) throws MalformedVideoException {
        boolean lostBeginning = damaged && !PayloadReader.opensUnit(first.payload());
        if (!pending.isEmpty() || damaged) {
            endUnit(units);
        }
        // What was lost may have been the end of the last unit or the beginning of this one.
        damaged = lostBeginning;
        timestamp = first.timestamp();
    }

    private void collect(ByteBuf payload) throws MalformedPacketException {
        try {
            pending.read(payload);
        } catch (MalformedPacketException e) {
            damaged = true;
            throw e;
        }
    }

    private void endUnit(List<AccessUnit> units) throws MalformedVideoException {
        if (damaged || pending.isBroken()) {
            droppedUnits++;
            unitsToSkip = pending.isReferredTo() ? MAX_UNITS_WITHOUT_IDR : unitsToSkip;
        } else if (!pending.isEmpty()) {
            deliver(units);
        }
        damaged = false;
        pending.clear();
    }

    private void deliver(List<AccessUnit> units) throws MalformedVideoException {
        long pts = timeline.unwrap(timestamp);
        if (pending.hasSlice() && !pending.hasSps()) {
            // Those of the SDP, once: all of them are read here.
            assembler.push(parameterSets, pts);
        }
        var complete = new ArrayList<>(assembler.push(pending.annexB(), pts));
        complete.addAll(assembler.flush());
        for (AccessUnit unit : complete) {
            unitsToSkip = unit.isIdr() ? 0 : unitsToSkip;
            if (unitsToSkip == 0) {
                units.add(unit);
            } else {
                unitsToSkip--;
                droppedUnits++;
            }
        }
    }

    /// The type of NAL unit that begins at a header byte, 0..31.
    static int nalType(int header) {
        return header & 0x1f;
    }

    static boolean isSlice(int nalType) {
        return nalType == NalUnit.SLICE || nalType == NalUnit.SLICE_PARTITION_A || nalType == NalUnit.IDR_SLICE;
    }
}
