package dev.aerie.rtp;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.DecodingStart;
import dev.aerie.video.MalformedVideoException;
import dev.aerie.video.RtpTimeline;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Assembles access units from RTP packets in order: single NAL units, aggregates, fragments ([RtpPayloadFormat]).
///
/// - an access unit ends at a marker or where the timestamp changes; where a sender sets the marker within frames, its
///   markers are ignored from then on
/// - a lost packet costs the whole access unit, and what [Recovery] says
/// - a unit's `ptsTicks90k` is its RTP timestamp, unwrapped
///
/// Not thread-safe. After a [MalformedVideoException] a new one is needed.
public final class RtpDepacketizer {

    private static final int MAX_UNIT_BYTES = 16 << 20;
    private static final int MAX_UNITS_WITHOUT_IDR = 300;

    /// Which units come after one that was lost.
    public enum Recovery {
        /// The next whole one, also if it refers to what was lost: for recorders, which keep all there is.
        NEXT_UNIT,
        /// The next IDR frame, or the 301st unit without one, if other frames may refer to what was lost: for viewers,
        /// who would see artifacts.
        NEXT_IDR
    }

    private final AccessUnitAssembler assembler;
    private final RtpTimeline timeline = new RtpTimeline();
    private final ByteBuffer parameterSets;
    private final int maxUnitsToSkip;
    private final DecodingStart start = new DecodingStart();
    private final PayloadReader pending;

    private boolean started;
    private int nextSequence;
    private int timestamp;
    private boolean damaged;
    private boolean ignoresMarkers;
    private boolean marked;
    private boolean endedByMarker;
    private int unitsToSkip;
    private long droppedUnits;

    /// - `stream`: its name
    /// - `parameterSets`: those from the session description as Annex-B, used until others arrive in band; may be
    ///   empty
    public RtpDepacketizer(String stream, VideoCodec codec, ByteBuffer parameterSets, Recovery recovery) {
        pending = new PayloadReader(RtpPayloadFormat.of(codec), MAX_UNIT_BYTES);
        assembler = new AccessUnitAssembler(stream, MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT, Optional.of(codec));
        this.parameterSets = parameterSets.duplicate();
        this.maxUnitsToSkip = recovery == Recovery.NEXT_IDR ? MAX_UNITS_WITHOUT_IDR : 0;
    }

    /// Takes the next packet, lent, and returns the access units that are complete now.
    ///
    /// Throws [MalformedPacketException] for a payload that breaks its format; its access unit is dropped, the next
    /// packet may be pushed.
    public List<AccessUnit> push(RtpPacket packet) throws MalformedPacketException, MalformedVideoException {
        var units = new ArrayList<AccessUnit>(1);
        boolean gap = started && packet.sequenceNumber() != nextSequence;
        damaged |= gap;
        if (!started || packet.timestamp() != timestamp) {
            beginUnit(packet, gap, units);
        } else if (endedByMarker && pending.carriesSlice(packet.payload())) {
            ignoresMarkers = true;
        }
        nextSequence = packet.sequenceNumber() + 1 & 0xffff;
        started = true;
        endedByMarker = false;
        collect(packet.payload());
        marked = packet.marker();
        if (marked && !ignoresMarkers) {
            endedByMarker = pending.hasSlice();
            endUnit(units);
        }
        return units;
    }

    /// No packet follows: returns the last unit if its last packet, which bears the marker, has arrived.
    public List<AccessUnit> end() throws MalformedVideoException {
        var units = new ArrayList<AccessUnit>(1);
        if (marked && !pending.isEmpty()) {
            endUnit(units);
        }
        return units;
    }

    /// Access units that were dropped because a packet was lost or broken, and those that wait for an IDR frame.
    public long droppedUnits() {
        return droppedUnits;
    }

    /// - `gap`: packets in front of this one are missing
    private void beginUnit(RtpPacket first, boolean gap, List<AccessUnit> units) throws MalformedVideoException {
        boolean lostBeginning = gap && !pending.opensUnit(first.payload());
        if (!pending.isEmpty() || damaged) {
            endUnit(units);
        }
        // What was lost may have been the end of the last unit or the beginning of this one.
        damaged = lostBeginning;
        timestamp = first.timestamp();
    }

    private void collect(ByteBuffer payload) throws MalformedPacketException {
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
            if (pending.isReference() && maxUnitsToSkip > 0) {
                unitsToSkip = maxUnitsToSkip;
                start.restart();
            }
        } else if (!pending.isEmpty()) {
            deliver(units);
        }
        damaged = false;
        pending.clear();
    }

    private void deliver(List<AccessUnit> units) throws MalformedVideoException {
        long pts = timeline.unwrap(timestamp);
        if (pending.hasSlice() && !pending.hasParameterSets()) {
            // Those of the session description, once: all of them are read here.
            assembler.push(parameterSets, pts);
        }
        var complete = new ArrayList<>(assembler.push(pending.annexB(), pts));
        complete.addAll(assembler.flush());
        for (AccessUnit unit : complete) {
            boolean isDecodable = start.admits(unit);
            unitsToSkip = unit.isIdr() ? 0 : unitsToSkip;
            boolean isSkipped = unitsToSkip > 0 || (maxUnitsToSkip > 0 && !isDecodable && unit.refersBehindIdr());
            if (isSkipped) {
                unitsToSkip = Math.max(0, unitsToSkip - 1);
                droppedUnits++;
            } else {
                units.add(unit);
            }
        }
    }
}
