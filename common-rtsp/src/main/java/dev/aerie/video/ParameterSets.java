package dev.aerie.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The latest SPS and PPS of a stream by their ids: at most 32 and 256 of them, each of a few kilobytes.
final class ParameterSets {

    private static final int MAX_BYTES = 4096;

    private final TreeMap<Integer, Known<Sps>> spsById = new TreeMap<>();
    private final TreeMap<Integer, Known<Pps>> ppsById = new TreeMap<>();

    private record Known<T>(T parsed, NalUnit nal) {}

    /// Remembers a NAL unit of type 7 or 8; throws [MalformedVideoException] for one that is broken.
    void learn(NalUnit nal) throws MalformedVideoException {
        if (nal.sizeBytes() > MAX_BYTES) {
            throw new MalformedVideoException(
                    "parameter set of " + nal.sizeBytes() + " bytes, allowed: 1.." + MAX_BYTES);
        }
        if (nal.type() == NalUnit.SPS) {
            var sps = Sps.parse(nal);
            spsById.put(sps.id(), new Known<>(sps, nal.copy()));
        } else {
            var pps = Pps.parse(nal);
            ppsById.put(pps.id(), new Known<>(pps, nal.copy()));
        }
    }

    @Nullable
    Sps sps(int id) {
        var known = spsById.get(id);
        return known == null ? null : known.parsed();
    }

    @Nullable
    Pps pps(int id) {
        var known = ppsById.get(id);
        return known == null ? null : known.parsed();
    }

    /// The one that pictures with this PPS use.
    Optional<Sps> spsOf(long ppsId) {
        var pps = pps((int) ppsId);
        return pps == null ? Optional.empty() : Optional.ofNullable(sps(pps.spsId()));
    }

    /// The SPS with this id as a NAL unit, in a list of one, or none.
    List<NalUnit> spsUnits(int id) {
        var known = spsById.get(id);
        return known == null ? List.of() : List.of(known.nal());
    }

    /// Every PPS that belongs to this SPS, by id.
    List<NalUnit> ppsUnits(int spsId) {
        var units = new ArrayList<NalUnit>();
        for (var known : ppsById.values()) {
            if (known.parsed().spsId() == spsId) {
                units.add(known.nal());
            }
        }
        return units;
    }
}
