package dev.aerie.slam.mapping;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes out of the map what is doubtful or superfluous, so that it grows with what is seen, not with time.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections VI.B and VI.E.
final class MapCulling {

    private static final double MIN_FOUND_RATIO = 0.25;
    private static final int PROBATION_KEYFRAMES = 3;
    private static final int MIN_OBSERVERS = 3;
    private static final double REDUNDANT_FRACTION = 0.9;
    private static final int YOUNGEST_KEPT = 2;
    private static final int NEIGHBOURS = 20;

    private final SlamMap map;
    private final List<Landmark> recentLandmarks = new ArrayList<>();

    MapCulling(SlamMap map) {
        this.map = map;
    }

    /// New landmarks must prove themselves over the next keyframes.
    void addRecent(List<Landmark> landmarks) {
        recentLandmarks.addAll(landmarks);
    }

    /// Removes the new landmarks that are rarely found again or that too few keyframes see.
    void cullLandmarks(Keyframe newest) {
        map.write(() -> recentLandmarks.removeIf(landmark -> isDecided(landmark, newest)));
    }

    /// Removes the landmarks around that are mostly missing: behind people who walk along, most of the map would soon
    /// be where they once were.
    void cullMissing(Keyframe newest) {
        Set<Landmark> around = new LinkedHashSet<>();
        newest.covisibility().best(NEIGHBOURS).forEach(keyframe -> around.addAll(keyframe.landmarks()));
        map.write(() -> around.stream().filter(Landmark::isMissing).forEach(map::remove));
    }

    private boolean isDecided(Landmark landmark, Keyframe newest) {
        if (landmark.isRemoved()) {
            return true;
        }
        int age = newest.number() - landmark.firstKeyframe();
        boolean isLonely = age >= 2 && landmark.observations().size() < MIN_OBSERVERS;
        if (landmark.foundRatio() < MIN_FOUND_RATIO || isLonely) {
            map.remove(landmark);
            return true;
        }
        return age >= PROBATION_KEYFRAMES;
    }

    /// Removes those neighbours of a keyframe most of whose landmarks enough others see as sharply; returns
    /// them.
    List<Keyframe> cullKeyframes(Keyframe newest) {
        var culled = new ArrayList<Keyframe>();
        for (var candidate : newest.covisibility().neighbours()) {
            boolean isOldEnough = newest.number() - candidate.number() >= YOUNGEST_KEPT;
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

    private static boolean isRedundant(Keyframe keyframe) {
        int known = 0;
        int redundant = 0;
        for (int i = 0; i < keyframe.features().count(); i++) {
            var landmark = keyframe.landmark(i);
            if (landmark.isPresent()) {
                known++;
                int octave = keyframe.features().keypoint(i).octave();
                redundant += countAsSharp(landmark.get(), keyframe, octave) >= MIN_OBSERVERS ? 1 : 0;
            }
        }
        return redundant > REDUNDANT_FRACTION * known;
    }

    /// How many others see a landmark in the same level of the pyramid, one more, or finer.
    private static int countAsSharp(Landmark landmark, Keyframe but, int octave) {
        int count = 0;
        for (var entry : landmark.observations().entrySet()) {
            boolean isAsSharp =
                    entry.getKey().features().keypoint(entry.getValue()).octave() <= octave + 1;
            count += entry.getKey() != but && isAsSharp ? 1 : 0;
        }
        return count;
    }
}
