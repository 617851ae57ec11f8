package dev.aerie.vision.tracker;

import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.prompt.Candidate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tracks the regions that move in one frame mark.
///
/// A region marks a track if it goes on where regions marked the track last or, where none does, if it and the track's
/// mask have most pixels of the smaller in common. A track may be marked by several regions, parts of it, and a region
/// may mark several tracks that touch.
final class RegionMarks {

    static final RegionMarks NONE = new RegionMarks(Map.of());

    private final Map<Track, List<Candidate>> regions;

    private RegionMarks(Map<Track, List<Candidate>> regions) {
        this.regions = regions;
    }

    /// - `found`: candidates; those that are no regions mark nothing
    /// - `minShared`: fraction of the smaller that both must share
    static RegionMarks of(List<Candidate> found, Collection<Track> tracks, double minShared, FrameTime now) {
        var all = found.stream()
                .filter(one -> one.location() instanceof Candidate.Location.InRegion)
                .toList();
        if (all.isEmpty()) {
            return NONE;
        }
        Map<Track, List<Candidate>> marks = new HashMap<>();
        for (Track track : tracks) {
            var continued = track.recentMoving(now)
                    .map(before -> sharing(all, before, minShared))
                    .orElse(List.of());
            var marking = continued.isEmpty() ? sharing(all, track.mask(), minShared) : continued;
            if (!marking.isEmpty()) {
                marks.put(track, marking);
            }
        }
        return new RegionMarks(marks);
    }

    static BinaryMask pixels(Candidate region) {
        return ((Candidate.Location.InRegion) region.location()).pixels();
    }

    /// The tracks that a region marks.
    List<Track> tracks(Candidate region) {
        return regions.entrySet().stream()
                .filter(entry -> entry.getValue().contains(region))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The best region that marks a track.
    Optional<Candidate> best(Track track) {
        return regions.getOrDefault(track, List.of()).stream().findFirst();
    }

    /// The pixels of the regions that mark this track and no other.
    Optional<BinaryMask> own(Track track) {
        return regions.getOrDefault(track, List.of()).stream()
                .filter(region -> tracks(region).size() == 1)
                .map(RegionMarks::pixels)
                .reduce(BinaryMask::unionWith);
    }

    private static List<Candidate> sharing(List<Candidate> regions, BinaryMask mask, double minShared) {
        return regions.stream()
                .filter(region -> {
                    long shared = pixels(region).sharedPixels(mask);
                    return shared > 0
                            && shared >= minShared * Math.min(pixels(region).areaPixels(), mask.areaPixels());
                })
                .toList();
    }
}
