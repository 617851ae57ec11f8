package dev.aerie.slam.mapping;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.CullingConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Takes out of the map what is doubtful or superfluous, so that it grows with what is seen, not with time.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections VI.B and VI.E.
final class MapCulling {

    private final SlamMap map;
    private final CullingConfig config;
    private final List<Landmark> recentLandmarks = new ArrayList<>();
    private final AtomicLong movableLandmarks = new AtomicLong();

    MapCulling(SlamMap map, CullingConfig config) {
        this.map = map;
        this.config = config;
    }

    /// New landmarks must prove themselves over the next keyframes.
    void addRecent(List<Landmark> landmarks) {
        recentLandmarks.addAll(landmarks);
    }

    /// Removes the new landmarks that are rarely found again or that too few keyframes see.
    void cullLandmarks(Keyframe newest) {
        map.write(() -> recentLandmarks.removeIf(landmark -> isDecided(landmark, newest)));
    }

    /// Removes the landmarks around that things that may move mostly covered, and those that are mostly missing: behind
    /// people who walk along, most of the map would soon be where they once were.
    void cullMissing(Keyframe newest) {
        Set<Landmark> around = new LinkedHashSet<>();
        newest.covisibility().best(config.neighbours()).forEach(keyframe -> around.addAll(keyframe.landmarks()));
        var movable =
                around.stream().filter(landmark -> landmark.isMovable(config)).toList();
        movableLandmarks.addAndGet(movable.size());
        map.write(() -> {
            movable.forEach(map::remove);
            around.stream()
                    .filter(landmark -> !landmark.isRemoved() && landmark.isMissing(config))
                    .forEach(map::remove);
        });
    }

    /// Landmarks removed because masks mostly covered them; safe for any thread.
    long movableLandmarks() {
        return movableLandmarks.get();
    }

    private boolean isDecided(Landmark landmark, Keyframe newest) {
        if (landmark.isRemoved()) {
            return true;
        }
        int age = newest.number() - landmark.firstKeyframe();
        boolean isLonely = age >= config.minObserversAfterKeyframes()
                && landmark.observations().size() < config.minObservers();
        if (landmark.foundRatio() < config.minFoundRatio() || isLonely) {
            map.remove(landmark);
            return true;
        }
        return age >= config.probationKeyframes();
    }

    /// Removes those neighbours of a keyframe most of whose landmarks enough others see as sharply; returns
    /// them.
    List<Keyframe> cullKeyframes(Keyframe newest) {
        var culled = new ArrayList<Keyframe>();
        for (var candidate : newest.covisibility().neighbours()) {
            boolean isOldEnough = newest.number() - candidate.number() >= config.youngestKept();
            boolean isFirst = candidate.covisibility().parent().isEmpty();
            if (isOldEnough && !isFirst && candidate.covisibility().loopEdges().isEmpty() && isRedundant(candidate)) {
                heir(candidate).ifPresent(heir -> {
                    map.write(() -> map.remove(candidate, heir));
                    culled.add(candidate);
                });
            }
        }
        return culled;
    }

    private static Optional<Keyframe> heir(Keyframe keyframe) {
        return keyframe.covisibility().parent().map(Keyframe::current).filter(heir -> heir != keyframe);
    }

    private boolean isRedundant(Keyframe keyframe) {
        int known = 0;
        int redundant = 0;
        for (int i = 0; i < keyframe.features().count(); i++) {
            var landmark = keyframe.landmark(i);
            if (landmark.isPresent()) {
                known++;
                int octave = keyframe.features().keypoint(i).octave();
                redundant += countAsSharp(landmark.get(), keyframe, octave) >= config.minObservers() ? 1 : 0;
            }
        }
        return redundant > config.redundantFraction() * known;
    }

    /// How many others see a landmark in the same level of the pyramid, one more, or finer.
    private int countAsSharp(Landmark landmark, Keyframe but, int octave) {
        int count = 0;
        for (var entry : landmark.observations().entrySet()) {
            boolean isAsSharp =
                    entry.getKey().features().keypoint(entry.getValue()).octave() <= octave + config.coarserLevels();
            count += entry.getKey() != but && isAsSharp ? 1 : 0;
        }
        return count;
    }
}
