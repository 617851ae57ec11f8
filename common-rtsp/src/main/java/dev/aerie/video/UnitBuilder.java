package dev.aerie.video;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the NAL units of one access unit and puts them in order.
final class UnitBuilder {

    /// What stands in front of an IDR frame, in this order.
    private static final List<NalKind> HEAD = List.of(NalKind.DELIMITER, NalKind.VPS, NalKind.SPS, NalKind.PPS);

    private final String stream;
    private final ParameterSets parameterSets;
    private List<NalUnit> units = new ArrayList<>();
    private int sizeBytes;
    private long ptsTicks90k;
    private @Nullable SliceHeader firstSlice;

    UnitBuilder(String stream, ParameterSets parameterSets) {
        this.stream = stream;
        this.parameterSets = parameterSets;
    }

    boolean hasSlice() {
        return firstSlice != null;
    }

    boolean isEmpty() {
        return units.isEmpty();
    }

    int nalUnitCount() {
        return units.size();
    }

    int sizeBytes() {
        return sizeBytes;
    }

    /// Copies `unit`; `slice` is its header where it is a slice. The first slice gives the frame its time: a
    /// delimiter sent right behind the frame before may carry a guess.
    void add(NalUnit unit, long pts, @Nullable SliceHeader slice) {
        if (slice != null && firstSlice == null) {
            firstSlice = slice;
            ptsTicks90k = pts;
        }
        units.add(unit.copy());
        sizeBytes += unit.annexBBytes();
    }

    /// Whether this is an IDR frame whose parameter sets are not all known.
    boolean lacksParameterSets() {
        var slice = firstSlice;
        return slice != null && slice.idr() && !parameterSets.isCompleteFor(slice.ppsId());
    }

    /// Drops what is pending; returns how many NAL units that were.
    int clear() {
        int count = units.size();
        units = new ArrayList<>();
        sizeBytes = 0;
        firstSlice = null;
        return count;
    }

    /// The unit, and starts the next one.
    AccessUnit build() {
        var slice = firstSlice;
        boolean idr = slice != null && slice.idr();
        List<NalUnit> ordered = slice != null && idr ? withParameterSets((int) slice.ppsId()) : units;
        var unit = AccessUnit.of(ordered, idr, ptsTicks90k, FrameStampSei.find(stream, ordered));
        clear();
        return unit;
    }

    /// Delimiter, parameter sets, then the rest as it came; missing parameter sets of the frame are inserted.
    private List<NalUnit> withParameterSets(int ppsId) {
        var pps = parameterSets.pps(ppsId);
        var ordered = new ArrayList<NalUnit>(units.size() + 3);
        for (NalKind kind : HEAD) {
            if (!addAll(ordered, kind) && pps != null) {
                ordered.addAll(known(kind, pps.spsId()));
            }
        }
        for (NalUnit unit : units) {
            if (!HEAD.contains(unit.kind())) {
                ordered.add(unit);
            }
        }
        return ordered;
    }

    private List<NalUnit> known(NalKind kind, int spsId) {
        return switch (kind) {
            case VPS -> parameterSets.vpsUnits(spsId);
            case SPS -> parameterSets.spsUnits(spsId);
            case PPS -> parameterSets.ppsUnits(spsId);
            default -> List.of();
        };
    }

    private boolean addAll(List<NalUnit> ordered, NalKind kind) {
        boolean found = false;
        for (NalUnit unit : units) {
            if (unit.kind() == kind) {
                ordered.add(unit);
                found = true;
            }
        }
        return found;
    }
}
