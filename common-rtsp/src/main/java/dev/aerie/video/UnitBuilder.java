package dev.aerie.video;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the NAL units of one access unit and puts them in order.
final class UnitBuilder {

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

    /// The unit, and starts the next one.
    AccessUnit build() {
        var slice = firstSlice;
        boolean idr = slice != null && slice.idr();
        List<NalUnit> ordered = slice != null && idr ? withParameterSets((int) slice.ppsId()) : units;
        var unit = AccessUnit.of(ordered, idr, ptsTicks90k, FrameStampSei.find(stream, ordered));
        units = new ArrayList<>();
        sizeBytes = 0;
        firstSlice = null;
        return unit;
    }

    /// AUD, SPS, PPS, then the rest as it came; missing parameter sets of the frame are inserted.
    private List<NalUnit> withParameterSets(int ppsId) {
        var pps = parameterSets.pps(ppsId);
        var ordered = new ArrayList<NalUnit>(units.size() + 2);
        addAll(ordered, NalUnit.ACCESS_UNIT_DELIMITER);
        if (!addAll(ordered, NalUnit.SPS) && pps != null) {
            ordered.addAll(parameterSets.spsUnits(pps.spsId()));
        }
        if (!addAll(ordered, NalUnit.PPS) && pps != null) {
            ordered.addAll(parameterSets.ppsUnits(pps.spsId()));
        }
        for (NalUnit unit : units) {
            boolean added = unit.type() == NalUnit.ACCESS_UNIT_DELIMITER
                    || unit.type() == NalUnit.SPS
                    || unit.type() == NalUnit.PPS;
            if (!added) {
                ordered.add(unit);
            }
        }
        return ordered;
    }

    private boolean addAll(List<NalUnit> ordered, int type) {
        boolean found = false;
        for (NalUnit unit : units) {
            if (unit.type() == type) {
                ordered.add(unit);
                found = true;
            }
        }
        return found;
    }
}
