package dev.aerie.slam.loop;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Match;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.LoopConfig;
import dev.aerie.slam.tuning.LoopVerificationConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Believes in a loop once several keyframes agree on it: one view of a street may look like another street's.
///
/// The neighbours of the keyframe that found the loop are asked first, then the next keyframes: each must find the
/// landmarks of the older place where the loop puts them. Within one submap, the loop must not move the camera by more
/// than what it can have drifted, and neither tilt nor scale it where an inertial sensor knows both. Used by the
/// mapping thread.
///
/// Source: ORB-SLAM3 (Campos et al. 2021), section VI; the limits of drift, tilt and scale are of our own.
final class LoopVerifier {

    private final SlamMap map;
    private final LoopConfig loops;
    private final LoopVerificationConfig config;
    private final LoopDetector detector;
    private final PlaceProjection projection;
    private final IntFunction<Optional<Vector3>> upOf;
    private @Nullable Hypothesis hypothesis;

    /// - `upOf`: a submap's vertical, of length 1, where it and the scale are known better than from a loop
    LoopVerifier(
            SlamMap map,
            PlaceIndex placeIndex,
            LoopConfig loops,
            MatchingConfig matching,
            IntFunction<Optional<Vector3>> upOf) {
        this.map = map;
        this.loops = loops;
        config = loops.verification();
        detector = new LoopDetector(placeIndex, loops, matching);
        projection = new PlaceProjection(matching);
        this.upOf = upOf;
    }

    /// A loop that too few keyframes agree on yet.
    ///
    /// - `newest`: as the newest keyframe that agreed has it
    /// - `submap`, `olderSubmap`: of its two ends; merged, they have another world
    private record Hypothesis(LoopMatch newest, int confirmations, int misses, int submap, int olderSubmap) {

        static Hypothesis of(LoopMatch match, int confirmations) {
            return new Hypothesis(
                    match,
                    confirmations,
                    0,
                    match.current().submap(),
                    match.older().submap());
        }

        boolean isOfThisMap() {
            return newest.current().submap() == submap
                    && newest.older().submap() == olderSubmap
                    && submap != Keyframe.NO_SUBMAP
                    && olderSubmap != Keyframe.NO_SUBMAP;
        }

        Hypothesis missed() {
            return new Hypothesis(newest, confirmations, misses + 1, submap, olderSubmap);
        }
    }

    /// The loop that a new keyframe closes, if enough keyframes agree on it by now.
    Optional<LoopMatch> verify(Keyframe keyframe) {
        var pending = hypothesis;
        if (pending != null && pending.isOfThisMap() && keyframe.submap() == pending.submap()) {
            var again = confirm(pending.newest(), keyframe);
            if (again.isPresent()) {
                return decide(again.get(), pending.confirmations() + 1);
            }
            hypothesis = pending.misses() < config.maxMisses() ? pending.missed() : null;
        } else {
            hypothesis = null;
        }
        for (var match : detector.detect(keyframe)) {
            if (isPlausible(match)) {
                var decided = decide(match, countAgreeingNeighbours(match));
                if (decided.isPresent()) {
                    return decided;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LoopMatch> decide(LoopMatch match, int confirmations) {
        boolean isSure = confirmations >= config.minConfirmations();
        var pending = hypothesis;
        if (isSure) {
            hypothesis = null;
        } else if (pending == null || confirmations >= pending.confirmations()) {
            hypothesis = Hypothesis.of(match, confirmations);
        }
        return isSure ? Optional.of(match) : Optional.empty();
    }

    /// The same loop by a later keyframe.
    private Optional<LoopMatch> confirm(LoopMatch before, Keyframe keyframe) {
        var older = before.older().current();
        var guess = before.guessOf(keyframe);
        var around = LoopMatch.around(older, loops.olderNeighbours());
        return projection
                .find(keyframe, guess, around, loops.searchRadiusFactor())
                .map(found -> mostSeen(found.matches(), older))
                .flatMap(nearest -> detector.confirm(keyframe, nearest, guess))
                .filter(this::isPlausible);
    }

    /// The keyframe that sees most of the landmarks found.
    private static Keyframe mostSeen(List<Match> matches, Keyframe fallback) {
        Map<Keyframe, Integer> counts = new LinkedHashMap<>();
        for (var match : matches) {
            match.landmark().observations().keySet().forEach(observer -> counts.merge(observer, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().submap() == fallback.submap())
                .max(Comparator.comparingInt((Map.Entry<Keyframe, Integer> entry) -> entry.getValue())
                        .thenComparingInt(entry -> -entry.getKey().number()))
                .map(Map.Entry::getKey)
                .orElse(fallback);
    }

    /// Of some neighbours, from those that share most to those that share least with the keyframe.
    private int countAgreeingNeighbours(LoopMatch match) {
        return (int) spread(match.current().covisibility().neighbours()).stream()
                .filter(neighbour -> projection
                        .find(neighbour, match.guessOf(neighbour), match.olderLandmarks(), config.searchRadiusFactor())
                        .filter(found -> found.isMoreThan(config.minMatches(), config.minInlierRatioInView()))
                        .isPresent())
                .count();
    }

    private List<Keyframe> spread(List<Keyframe> neighbours) {
        int count = Math.min(config.groupKeyframes(), neighbours.size());
        var chosen = new ArrayList<Keyframe>();
        for (int i = 0; i < count; i++) {
            chosen.add(neighbours.get(i * neighbours.size() / count));
        }
        return chosen;
    }

    /// Whether one submap can be as wrong as the loop says.
    private boolean isPlausible(LoopMatch match) {
        int submap = match.current().submap();
        return match.older().submap() != submap
                || (isWithinDrift(match)
                        && upOf.apply(submap)
                                .filter(up -> !isUpright(match, up))
                                .isEmpty());
    }

    private boolean isUpright(LoopMatch match, Vector3 up) {
        double scale = match.currentFromWorld().scale();
        return Math.toDegrees(match.tilt(up)) <= config.maxTiltDegrees()
                && Math.max(scale, 1 / scale) <= config.maxMetricScaleChange();
    }

    /// Whether the loop moves the newer keyframe by no more than a share of the way since the older one.
    private boolean isWithinDrift(LoopMatch match) {
        var keyframe = match.current();
        double moved = keyframe.position()
                .distanceTo(match.currentFromWorld().toRigid().originOfTarget());
        return moved <= config.maxDriftFraction() * way(match.older(), keyframe);
    }

    /// From keyframe to keyframe, in the map's unit.
    private double way(Keyframe from, Keyframe to) {
        double length = 0;
        var before = from;
        for (var keyframe : map.keyframesOf(to.submap())) {
            if (keyframe.number() > from.number() && keyframe.number() <= to.number()) {
                length += keyframe.position().distanceTo(before.position());
                before = keyframe;
            }
        }
        return length;
    }
}
