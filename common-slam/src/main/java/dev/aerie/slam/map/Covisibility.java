package dev.aerie.slam.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A keyframe's place among the others: who shares how many landmarks with it, its parent in the spanning
/// tree, and its loop edges. Source: ORB-SLAM (Mur-Artal et al. 2015), section III.D.
public final class Covisibility {

    private static final int MIN_SHARED = 15;

    private final Keyframe owner;
    private Map<Keyframe, Integer> weights = new LinkedHashMap<>();
    private List<Keyframe> neighbours = List.of();
    private @Nullable Keyframe parent;
    private final Set<Keyframe> children = new LinkedHashSet<>();
    private final Set<Keyframe> loopEdges = new LinkedHashSet<>();

    Covisibility(Keyframe owner) {
        this.owner = owner;
    }

    /// Those that share enough landmarks, those that share most first.
    public List<Keyframe> neighbours() {
        return neighbours;
    }

    /// At most so many of [#neighbours].
    public List<Keyframe> best(int count) {
        return neighbours.subList(0, Math.min(count, neighbours.size()));
    }

    /// How many landmarks both see; 0 if it is no neighbour.
    public int shared(Keyframe other) {
        return weights.getOrDefault(other, 0);
    }

    public Optional<Keyframe> parent() {
        return Optional.ofNullable(parent);
    }

    public Set<Keyframe> children() {
        return children;
    }

    public Set<Keyframe> loopEdges() {
        return loopEdges;
    }

    /// Remembers that the two were found to show the same place.
    public void addLoopEdge(Keyframe other) {
        loopEdges.add(other);
        other.covisibility().loopEdges.add(owner);
    }

    /// Counts anew what is shared with whom, and tells the neighbours.
    public void update() {
        var counts = countShared();
        weights.keySet().stream()
                .filter(old -> !counts.containsKey(old))
                .toList()
                .forEach(old -> old.covisibility().forget(owner));
        weights = counts;
        sort();
        for (var entry : counts.entrySet()) {
            entry.getKey().covisibility().learn(owner, entry.getValue());
        }
        if (parent == null && !neighbours.isEmpty()) {
            neighbours.stream()
                    .filter(other -> other.number() < owner.number())
                    .findFirst()
                    .ifPresent(this::adopt);
        }
    }

    /// Neighbours with enough in common; the best one where none has enough.
    private Map<Keyframe, Integer> countShared() {
        var all = new LinkedHashMap<Keyframe, Integer>();
        for (var landmark : owner.landmarks()) {
            for (var observer : landmark.observations().keySet()) {
                if (observer != owner) {
                    all.merge(observer, 1, Integer::sum);
                }
            }
        }
        var enough = new LinkedHashMap<>(all);
        enough.values().removeIf(count -> count < MIN_SHARED);
        if (enough.isEmpty()) {
            all.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(best -> enough.put(best.getKey(), best.getValue()));
        }
        return enough;
    }

    private void learn(Keyframe other, int count) {
        Integer before = weights.put(other, count);
        if (before == null || before != count) {
            sort();
        }
    }

    private void forget(Keyframe other) {
        if (weights.remove(other) != null) {
            sort();
        }
    }

    private void sort() {
        var sorted = new ArrayList<>(weights.keySet());
        sorted.sort(Comparator.comparingInt((Keyframe other) -> weights.getOrDefault(other, 0))
                .reversed()
                .thenComparingInt(Keyframe::number));
        neighbours = List.copyOf(sorted);
    }

    private void adopt(Keyframe newParent) {
        parent = newParent;
        newParent.covisibility().children.add(owner);
    }

    /// Takes the owner out of the graph: its children go to its parent, which is returned.
    Keyframe leave(Keyframe heir) {
        for (var other : List.copyOf(weights.keySet())) {
            other.covisibility().forget(owner);
        }
        for (var other : List.copyOf(loopEdges)) {
            other.covisibility().loopEdges.remove(owner);
        }
        heir.covisibility().children.remove(owner);
        for (var child : children) {
            child.covisibility().adopt(heir);
        }
        children.clear();
        return heir;
    }

    /// Forgets everyone.
    void clear() {
        weights = new LinkedHashMap<>();
        neighbours = List.of();
        loopEdges.clear();
    }
}
