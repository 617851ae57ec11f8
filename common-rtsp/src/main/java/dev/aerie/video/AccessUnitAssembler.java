package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns Annex-B chunks of any size, cut anywhere, into access units (ITU-T H.264, 7.4.1.2.3; ITU-T H.265, 7.4.2.4.4).
///
/// - a unit comes out as soon as it is known to be complete: see [AccessUnitBoundary]
/// - the codec is the announced one or, where none is, the one that the first NAL units betray
/// - the parameter sets stand in front of every IDR frame: the latest ones are inserted where the sender omitted them
/// - start codes are four bytes; bytes that belong to no NAL unit are dropped and counted, as are NAL units with a
///   broken header and those of layers and multi-view extensions, which no player here decodes
/// - memory is bounded by twice `maxUnitBytes`
///
/// Not thread-safe. After a [MalformedVideoException] it must not be used any more: build a new one to start over.
public final class AccessUnitAssembler {

    private static final int MAX_NAL_UNITS = 4096;

    /// With parameter sets that are broken; those in front of the next may be whole.
    private static final int MAX_UNDECODABLE_IDRS = 1;

    private final int maxUnitBytes;
    private final AccessUnitBoundary accessUnitBoundary;
    private final ParameterSets parameterSets = new ParameterSets();
    private final UnitBuilder pending;
    private final ChunkBoundaryLearner learner = new ChunkBoundaryLearner();
    private final BitstreamProbe probe;
    private final boolean isAnnounced;
    private final AnnexBSplitter splitter;

    private VideoCodec codec;
    private String brokenSet = "";
    private int undecodableIdrs;
    private List<AccessUnit> complete = new ArrayList<>();
    private @Nullable SliceHeader lastSlice;
    private Optional<Sps> activeSps = Optional.empty();
    private long droppedNalUnits;

    /// - `stream`: name of the stream, for the identity that units may carry already
    /// - `maxUnitBytes`: a unit larger than this is refused
    /// - `codec`: as announced; empty to detect it
    public AccessUnitAssembler(
            String stream, int maxUnitBytes, AccessUnitBoundary accessUnitBoundary, Optional<VideoCodec> codec) {
        this.isAnnounced = codec.isPresent();
        this.codec = codec.orElse(VideoCodec.H264);
        this.probe = new BitstreamProbe(codec);
        this.splitter = new AnnexBSplitter(this.codec, new AnnexBSplitter.Listener() {
            @Override
            public boolean begun(NalUnit beginning, long tag) throws MalformedVideoException {
                return beginNal(beginning);
            }

            @Override
            public void ended(NalUnit whole, long tag) throws MalformedVideoException {
                endNal(whole, tag);
            }
        });
        this.pending = new UnitBuilder(stream, parameterSets);
        this.maxUnitBytes = maxUnitBytes;
        this.accessUnitBoundary = accessUnitBoundary;
    }

    /// The same for video of any codec.
    public AccessUnitAssembler(String stream, int maxUnitBytes, AccessUnitBoundary accessUnitBoundary) {
        this(stream, maxUnitBytes, accessUnitBoundary, Optional.empty());
    }

    /// Takes the next chunk and returns the units that are complete now, oldest first; mostly none or one.
    ///
    /// - `chunk`: copied; its position moves to its end
    /// - `ptsTicks90k`: time given to every unit whose first slice begins in this chunk
    /// - throws [MalformedVideoException] with the reason if a unit is too large, the codec is none that is taken,
    ///   or no frame can be decoded because of broken parameter sets
    public List<AccessUnit> push(ByteBuffer chunk, long ptsTicks90k) throws MalformedVideoException {
        probe.examineChunk(chunk);
        learner.onChunkStart(chunk);
        splitter.push(chunk, ptsTicks90k, maxUnitBytes);
        probe.examineDropped(splitter.droppedBytes());
        boolean chunkEndsUnit = switch (accessUnitBoundary) {
            case NEXT_UNIT -> false;
            case CHUNK_END -> true;
            case LEARN -> learner.chunkEndsUnit();
        };
        return chunkEndsUnit ? flush() : takeComplete();
    }

    /// The sender has ended a unit here, or ended altogether: returns what is complete by that. Parameter sets and SEI
    /// without a frame yet are kept for the next one.
    public List<AccessUnit> flush() throws MalformedVideoException {
        splitter.flush();
        completePending();
        return takeComplete();
    }

    /// The parameters of the latest frame; empty before the first one whose SPS was seen.
    public Optional<Sps> sps() {
        return activeSps;
    }

    /// Bytes that belonged to no NAL unit.
    public long droppedBytes() {
        return splitter.droppedBytes();
    }

    /// NAL units dropped because their header or parameters are broken or they belong to an extension.
    public long droppedNalUnits() {
        return droppedNalUnits;
    }

    /// Bytes held for units that are not complete yet; bounded.
    public int pendingBytes() {
        return splitter.pendingBytes() + pending.sizeBytes();
    }

    private List<AccessUnit> takeComplete() {
        if (complete.isEmpty()) {
            return List.of();
        }
        var taken = complete;
        complete = new ArrayList<>(2);
        return taken;
    }

    /// Ends the pending unit if this NAL unit belongs to the next one. Returns whether its first bytes sufficed to
    /// decide.
    private boolean beginNal(NalUnit begun) throws MalformedVideoException {
        boolean isGuess = !isAnnounced && parameterSets.isWithoutSps();
        if (begun.sizeBytes() < (isGuess ? 2 : codec.headerBytes())) {
            return false;
        }
        var beginning = isGuess ? recognized(begun) : begun;
        boolean newUnit = !pending.hasSlice();
        if (beginning.isSlice()) {
            var header = codec.syntax().parseSlice(beginning, parameterSets);
            if (header.isEmpty()) {
                return false;
            }
            boolean newFrame = lastSlice == null || header.get().startsPictureAfter(lastSlice);
            newUnit = newFrame || (newUnit && !pending.isEmpty());
            if (newFrame) {
                completePending();
            }
            lastSlice = header.get();
        } else if (opensUnit(beginning)) {
            newUnit = true;
            completePending();
        }
        learner.onNalStart(newUnit);
        return true;
    }

    /// The unit, of the codec that it betrays: until the first SPS each may correct the guess.
    private NalUnit recognized(NalUnit begun) {
        var found = begun.recognize();
        if (found.isEmpty() || found.get() == codec) {
            return begun;
        }
        codec = found.get();
        splitter.use(codec);
        droppedNalUnits += pending.clear();
        lastSlice = null;
        return begun.as(codec);
    }

    private void completePending() throws MalformedVideoException {
        if (!pending.hasSlice()) {
            return;
        }
        boolean isUndecodable = !brokenSet.isEmpty() && pending.lacksParameterSets();
        complete.add(pending.build());
        undecodableIdrs += isUndecodable ? 1 : 0;
        if (undecodableIdrs > MAX_UNDECODABLE_IDRS) {
            throw new MalformedVideoException("no frame can be decoded: " + brokenSet);
        }
    }

    private void endNal(NalUnit whole, long ptsTicks90k) throws MalformedVideoException {
        probe.examineUnit(whole);
        if (!isKept(whole)) {
            droppedNalUnits++;
            return;
        }
        if (pending.sizeBytes() + whole.annexBBytes() > maxUnitBytes) {
            throw new MalformedVideoException("an access unit is larger than " + maxUnitBytes + " bytes");
        }
        if (pending.nalUnitCount() == MAX_NAL_UNITS) {
            throw new MalformedVideoException("an access unit has more than " + MAX_NAL_UNITS + " NAL units");
        }
        pending.add(whole, ptsTicks90k, whole.isSlice() ? lastSlice : null);
        if (whole.isSlice() && lastSlice != null) {
            var sps = parameterSets.spsOf(lastSlice.ppsId());
            activeSps = sps.isPresent() ? sps : activeSps;
        }
    }

    private boolean isKept(NalUnit unit) {
        return switch (unit.kind()) {
            case VPS, SPS, PPS -> isLearnt(unit);
            case SLICE, IDR_SLICE ->
                codec.syntax().parseSlice(unit, parameterSets).isPresent();
            case SEI, DELIMITER, EXTENSION -> true;
            case TRAILING, FILLER -> pending.hasSlice();
            case FOREIGN, INVALID -> false;
        };
    }

    private boolean isLearnt(NalUnit unit) {
        try {
            parameterSets.learn(unit);
            return true;
        } catch (MalformedVideoException e) {
            brokenSet = String.valueOf(e.getMessage());
            return false;
        }
    }

    private static boolean opensUnit(NalUnit unit) {
        return switch (unit.kind()) {
            case DELIMITER, VPS, SPS, PPS, SEI -> true;
            default -> false;
        };
    }
}
