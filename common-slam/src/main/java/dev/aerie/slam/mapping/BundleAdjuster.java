package dev.aerie.slam.mapping;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.solve.BundleAdjustment;
import dev.aerie.slam.solve.BundleProblem;
import dev.aerie.slam.tuning.MappingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Adjusts keyframes and landmarks of the map to each other: works on a copy, writes back under the map's lock.
///
/// Used by the mapping thread. Source: ORB-SLAM (Mur-Artal et al. 2015), section VI.D.
public final class BundleAdjuster {

    private final SlamMap map;
    private final MappingConfig config;

    public BundleAdjuster(SlamMap map, MappingConfig config) {
        this.map = map;
        this.config = config;
    }

    /// An observation as the map and as the problem know it.
    private record Observation(Landmark landmark, Keyframe keyframe) {}

    /// Adjusts a keyframe, its best neighbours and all that they see; those around hold still.
    ///
    /// - `isPressed`: whether more keyframes wait; then it ends early
    public void adjustAround(Keyframe centre, BooleanSupplier isPressed) {
        var free = new LinkedHashSet<Keyframe>();
        free.add(centre);
        free.addAll(centre.covisibility().best(config.maxLocalKeyframes() - 1));
        adjust(free, isPressed);
    }

    /// Adjusts a whole submap; its oldest keyframe holds still.
    public void adjustSubmap(int submap) {
        adjust(new LinkedHashSet<>(map.keyframesOf(submap)), () -> false);
    }

    private void adjust(Set<Keyframe> free, BooleanSupplier isPressed) {
        var landmarks = new LinkedHashSet<Landmark>();
        free.forEach(keyframe -> landmarks.addAll(keyframe.landmarks()));
        var held = held(free, landmarks);
        var keyframes = new ArrayList<>(held);
        free.stream().filter(keyframe -> !held.contains(keyframe)).forEach(keyframes::add);
        if (keyframes.size() == held.size()) {
            return;
        }
        var points = List.copyOf(landmarks);
        var seen = new ArrayList<Observation>();
        var problem = problem(keyframes, held, points, seen);
        var adjustment = new BundleAdjustment(problem);
        adjustment.run(config.robustIterations(), true, isPressed);
        if (!isPressed.getAsBoolean()) {
            adjustment.markOutliers();
            adjustment.run(config.finalIterations(), false, isPressed);
            adjustment.markOutliers();
        }
        if (free.containsAll(held)) {
            keepScale(problem, keyframes);
        }
        map.write(() -> writeBack(problem, keyframes, held, points, seen));
    }

    /// Gives the keyframes back the sum of distances from the first that they had: what is seen does not tell the
    /// scale, so it would drift from one adjustment to the next, and with it every pose published in between.
    private static void keepScale(BundleProblem problem, List<Keyframe> keyframes) {
        var centre = keyframes.getFirst().position();
        double before = 0;
        double after = 0;
        for (int i = 1; i < keyframes.size(); i++) {
            before += keyframes.get(i).position().distanceTo(centre);
            after += problem.pose(i).originOfTarget().distanceTo(centre);
        }
        if (before > 0 && after > 0) {
            problem.scaleAbout(0, before / after);
        }
    }

    /// Keyframes that see some of the landmarks but are not free; if there are none, the oldest of the free ones.
    private static Set<Keyframe> held(Set<Keyframe> free, Set<Landmark> landmarks) {
        var held = new LinkedHashSet<Keyframe>();
        for (var landmark : landmarks) {
            for (var observer : landmark.observations().keySet()) {
                if (!free.contains(observer)) {
                    held.add(observer);
                }
            }
        }
        if (held.isEmpty()) {
            free.stream().sorted((a, b) -> a.number() - b.number()).limit(1).forEach(held::add);
        }
        return held;
    }

    private static BundleProblem problem(
            List<Keyframe> keyframes, Set<Keyframe> held, List<Landmark> points, List<Observation> seen) {
        var problem = new BundleProblem(keyframes.getFirst().camera());
        Map<Keyframe, Integer> indices = new LinkedHashMap<>();
        for (var keyframe : keyframes) {
            indices.put(keyframe, indices.size());
            problem.addCamera(keyframe.cameraFromWorld(), held.contains(keyframe));
        }
        for (var landmark : points) {
            problem.addPoint(landmark.position());
            landmark.observations().forEach((keyframe, feature) -> {
                Integer index = indices.get(keyframe);
                if (index != null) {
                    problem.addObservation(index, keyframe.features().keypoint(feature));
                    seen.add(new Observation(landmark, keyframe));
                }
            });
        }
        return problem;
    }

    private void writeBack(
            BundleProblem problem,
            List<Keyframe> keyframes,
            Set<Keyframe> held,
            List<Landmark> points,
            List<Observation> seen) {
        for (int i = 0; i < keyframes.size(); i++) {
            if (!held.contains(keyframes.get(i))) {
                keyframes.get(i).moveTo(problem.pose(i));
            }
        }
        for (int i = 0; i < points.size(); i++) {
            points.get(i).moveTo(problem.point(i));
        }
        for (int i = 0; i < seen.size(); i++) {
            if (problem.isOutlier(i)) {
                map.unobserve(seen.get(i).landmark(), seen.get(i).keyframe());
            }
        }
        for (var landmark : points) {
            if (landmark.observations().size() < 2) {
                map.remove(landmark);
            } else {
                landmark.refresh();
            }
        }
    }
}
