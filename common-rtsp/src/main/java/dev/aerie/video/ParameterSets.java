package dev.aerie.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The latest parameter sets of a stream by their ids: at most 16 VPS, 32 SPS and 256 PPS, each of a few kilobytes.
final class ParameterSets {

    private static final int MAX_BYTES = 4096;

    private final TreeMap<Integer, NalUnit> vpsById = new TreeMap<>();
    private final TreeMap<Integer, Known<Sps>> spsById = new TreeMap<>();
    private final TreeMap<Integer, Known<Pps>> ppsById = new TreeMap<>();

    private record Known<T>(T parsed, NalUnit nal) {}

    /// Remembers a parameter set; throws [MalformedVideoException] for one that is broken.
    void learn(NalUnit nal) throws MalformedVideoException {
        if (nal.sizeBytes() > MAX_BYTES) {
            throw new MalformedVideoException(
                    "parameter set of " + nal.sizeBytes() + " bytes, allowed: 1.." + MAX_BYTES);
        }
        switch (nal.kind()) {
            case VPS -> vpsById.put(nal.codec().syntax().parseVps(nal), nal.copy());
            case SPS -> {
                var sps = Sps.parse(nal);
                spsById.put(sps.id(), new Known<>(sps, nal.copy()));
            }
            case PPS -> {
                var pps = nal.codec().syntax().parsePps(nal);
                ppsById.put(pps.id(), new Known<>(pps, nal.copy()));
            }
            default -> throw new IllegalArgumentException("not a parameter set: " + nal);
        }
    }

    /// Whether no SPS is known yet.
    boolean isWithoutSps() {
        return spsById.isEmpty();
    }

    /// Whether all are known that pictures with this PPS need.
    boolean isCompleteFor(long ppsId) {
        var sps = spsOf(ppsId);
        return sps.isPresent()
                && (sps.get().vpsId().isEmpty()
                        || vpsById.containsKey(sps.get().vpsId().getAsInt()));
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

    /// The VPS that the SPS with this id refers to, in a list of one, or none.
    List<NalUnit> vpsUnits(int spsId) {
        var sps = sps(spsId);
        var vps = sps == null ? null : vpsById.get(sps.vpsId().orElse(-1));
        return vps == null ? List.of() : List.of(vps);
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
