package dev.aerie.slam.place;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.tuning.PlaceConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Which keyframes look like a frame: all their descriptors in one binary search tree, which grows with the
/// map.
///
/// Each inner node asks for one bit; each leaf keeps a few descriptors, and splits by the bit that halves them
/// best. A descriptor walks down to one leaf and votes for the keyframes whose descriptors there are near to
/// it. No vocabulary must be trained. Changed by the mapping thread under the map's write lock; read under its
/// read lock.
///
/// Source: HBST (Schlegel & Grisetti 2018), sections III and IV.
public final class PlaceIndex {

    private final PlaceConfig config;
    private SearchTree tree;
    private int removedSinceBuilt;
    private int count;

    public PlaceIndex(PlaceConfig config) {
        this.config = config;
        tree = new SearchTree(config);
    }

    /// The fraction of a frame's features that voted for a keyframe.
    public record Candidate(Keyframe keyframe, double score) {}

    /// Adds all that a keyframe sees.
    public void add(Keyframe keyframe) {
        var features = keyframe.features();
        for (int i = 0; i < features.count(); i++) {
            tree.add(new SearchTree.Entry(features.descriptor(i), keyframe));
        }
        count++;
    }

    /// Notes that a keyframe has left the map; the tree is built anew once too much of it is of no more use.
    public void noteRemoved(List<Keyframe> remaining) {
        removedSinceBuilt++;
        if (removedSinceBuilt > config.maxRemovedFraction() * count) {
            tree = new SearchTree(config);
            count = 0;
            removedSinceBuilt = 0;
            remaining.forEach(this::add);
        }
    }

    /// The keyframes that look most like a frame, best first.
    ///
    /// - `eligible`: which ones may be named
    public List<Candidate> query(Features frame, Predicate<Keyframe> eligible, int max) {
        Map<Keyframe, Integer> votes = new LinkedHashMap<>();
        var voted = new ArrayList<Keyframe>();
        for (int i = 0; i < frame.count(); i++) {
            vote(frame.descriptor(i), voted);
            voted.forEach(keyframe -> votes.merge(keyframe, 1, Integer::sum));
        }
        double voters = Math.max(1, frame.count());
        return votes.entrySet().stream()
                .filter(entry -> eligible.test(entry.getKey()))
                .map(entry -> new Candidate(entry.getKey(), entry.getValue() / voters))
                .filter(candidate -> candidate.score() >= config.minScore())
                .sorted(Comparator.comparingDouble(Candidate::score)
                        .reversed()
                        .thenComparingInt(candidate -> candidate.keyframe().number()))
                .limit(max)
                .toList();
    }

    /// Fills `voted` with each keyframe, once, that has a descriptor near to this one.
    private void vote(Descriptor descriptor, List<Keyframe> voted) {
        voted.clear();
        for (var entry : tree.leafOf(descriptor)) {
            if (entry.descriptor().distanceTo(descriptor) <= config.maxBits() && !voted.contains(entry.keyframe())) {
                voted.add(entry.keyframe());
            }
        }
    }
}
