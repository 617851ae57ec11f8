package dev.aerie.slam.tracking;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.tuning.TrackingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of the map around a frame: the keyframes that share landmarks with it, their neighbours, and what
/// they see.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section V.D.
final class LocalMap {

    private final List<Keyframe> keyframes;
    private final Keyframe reference;

    private LocalMap(List<Keyframe> keyframes, Keyframe reference) {
        this.keyframes = keyframes;
        this.reference = reference;
    }

    /// - `fallback`: the reference where the frame shows nothing
    static LocalMap around(Frame frame, Keyframe fallback, TrackingConfig config) {
        Map<Keyframe, Integer> votes = new LinkedHashMap<>();
        for (var landmark : frame.landmarks) {
            if (landmark != null) {
                landmark.observations().keySet().forEach(keyframe -> votes.merge(keyframe, 1, Integer::sum));
            }
        }
        var reference = votes.entrySet().stream()
                .max(Map.Entry.<Keyframe, Integer>comparingByValue()
                        .thenComparingInt(entry -> entry.getKey().number()))
                .map(Map.Entry::getKey)
                .orElse(fallback);
        Set<Keyframe> local = new LinkedHashSet<>();
        local.add(reference);
        votes.entrySet().stream()
                .sorted(Map.Entry.<Keyframe, Integer>comparingByValue().reversed())
                .limit(config.maxLocalKeyframes())
                .forEach(entry -> local.add(entry.getKey()));
        for (var keyframe : List.copyOf(local)) {
            if (local.size() < config.maxLocalKeyframes()) {
                local.addAll(keyframe.covisibility().best(config.neighboursPerKeyframe()));
            }
        }
        return new LocalMap(List.copyOf(local), reference);
    }

    /// The keyframe that shares most with the frame.
    Keyframe reference() {
        return reference;
    }

    /// All that its keyframes see, without what the frame is known to show.
    List<Landmark> landmarksNotIn(Frame frame) {
        Set<Landmark> known = new LinkedHashSet<>();
        for (var landmark : frame.landmarks) {
            if (landmark != null) {
                known.add(landmark);
            }
        }
        var others = new ArrayList<Landmark>();
        for (var keyframe : keyframes) {
            for (var landmark : keyframe.landmarks()) {
                if (known.add(landmark)) {
                    others.add(landmark);
                }
            }
        }
        return others;
    }
}
