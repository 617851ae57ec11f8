package dev.aerie.slam.mapping;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.solve.BundleProblem;
import dev.aerie.slam.solve.InertialTerms;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keyframes and landmarks of a map as a bundle adjustment's problem, and the way back. Where an inertial sensor's
/// readings take part, the problem is in metres with Z up.
///
/// Used by the mapping thread, once.
final class AdjustmentProblem {

    private final SlamMap map;
    private final List<Keyframe> keyframes = new ArrayList<>();
    private final Map<Keyframe, Integer> indices = new LinkedHashMap<>();
    private final Set<Keyframe> held = new LinkedHashSet<>();
    private final List<Landmark> points;
    private final List<Observation> observations = new ArrayList<>();
    private final Optional<Sim3> metricFromMap;
    private final boolean isWholeMap;
    private @Nullable InertialWindow window;
    private @Nullable InertialTerms terms;
    private final BundleProblem problem;

    /// An observation as the map and as the problem know it.
    private record Observation(Landmark landmark, Keyframe keyframe) {}

    private AdjustmentProblem(SlamMap map, Set<Keyframe> free, Optional<Sim3> metricFromMap) {
        this.map = map;
        var landmarks = new LinkedHashSet<Landmark>();
        free.forEach(keyframe -> landmarks.addAll(keyframe.landmarks()));
        points = List.copyOf(landmarks);
        this.metricFromMap = metricFromMap;
        for (var landmark : landmarks) {
            for (var observer : landmark.observations().keySet()) {
                if (!free.contains(observer)) {
                    held.add(observer);
                }
            }
        }
        isWholeMap = held.isEmpty();
        problem = new BundleProblem(free.iterator().next().camera());
    }

    /// Other keyframes that see the same landmarks hold still; if there are none, the oldest of the free ones.
    static AdjustmentProblem of(
            SlamMap map, Set<Keyframe> free, Optional<InertialStart> readings, InertialNoise noise) {
        var made = new AdjustmentProblem(map, free, readings.map(InertialStart::metricFromMap));
        if (made.isWholeMap) {
            free.stream().sorted((a, b) -> a.number() - b.number()).limit(1).forEach(made.held::add);
        }
        readings.ifPresent(start -> made.link(start, free, noise));
        made.build(free);
        return made;
    }

    /// All of a submap, with readings; of the oldest keyframe place and heading hold still.
    static AdjustmentProblem ofWholeSubmap(SlamMap map, Set<Keyframe> all, InertialStart start, InertialNoise noise) {
        var made = new AdjustmentProblem(map, all, Optional.of(start.metricFromMap()));
        made.link(start, all, noise);
        made.build(all);
        if (made.terms != null) {
            made.terms.holdPlaceAndHeading(0, made.pose(made.keyframes.getFirst()));
        }
        return made;
    }

    private void link(InertialStart start, Set<Keyframe> free, InertialNoise noise) {
        var linked = InertialWindow.of(
                start, noise, map.keyframesOf(free.iterator().next().submap()), free);
        if (!linked.isEmpty()) {
            window = linked;
            linked.keyframes().stream()
                    .filter(keyframe -> !free.contains(keyframe))
                    .forEach(held::add);
        }
    }

    private void build(Set<Keyframe> free) {
        keyframes.addAll(held);
        free.stream().filter(keyframe -> !held.contains(keyframe)).forEach(keyframes::add);
        for (var keyframe : keyframes) {
            indices.put(keyframe, indices.size());
            problem.addCamera(pose(keyframe), held.contains(keyframe));
        }
        for (var landmark : points) {
            problem.addPoint(metricFromMap
                    .map(change -> change.apply(landmark.position()))
                    .orElse(landmark.position()));
            landmark.observations().forEach((keyframe, feature) -> {
                Integer index = indices.get(keyframe);
                if (index != null) {
                    problem.addObservation(index, keyframe.features().keypoint(feature));
                    observations.add(new Observation(landmark, keyframe));
                }
            });
        }
        if (window != null) {
            terms = window.terms(indices);
            problem.setInertial(terms);
        }
    }

    private RigidTransform pose(Keyframe keyframe) {
        return metricFromMap
                .map(change -> InertialMap.toMetric(keyframe.cameraFromWorld(), change))
                .orElseGet(keyframe::cameraFromWorld);
    }

    BundleProblem equations() {
        return problem;
    }

    /// Whether nothing can move.
    boolean isEmpty() {
        return keyframes.size() == held.size();
    }

    /// Whether all that see the landmarks were to move.
    boolean isWholeMap() {
        return isWholeMap;
    }

    /// Whether readings take part.
    boolean isInertial() {
        return terms != null;
    }

    /// Mean squared error of what was measured inertially, in variances per degree of freedom.
    double meanInertialChi2() {
        return terms == null ? 0 : terms.meanChi2(problem);
    }

    /// How many times larger the keyframes' distances from the first are than they were.
    double scaleChange() {
        var centre = position(0);
        double before = 0;
        double after = 0;
        for (int i = 1; i < keyframes.size(); i++) {
            before += position(i).distanceTo(centre);
            after += problem.pose(i).originOfTarget().distanceTo(centre);
        }
        return after / before;
    }

    private Vector3 position(int index) {
        return pose(keyframes.get(index)).originOfTarget();
    }

    /// Gives the keyframes back the sum of distances from the first that they had: what is seen does not tell the
    /// scale, so it would drift from one adjustment to the next, and with it every pose published in between.
    void keepScale() {
        double change = scaleChange();
        if (change > 0 && change < Double.POSITIVE_INFINITY) {
            problem.scaleAbout(0, 1 / change);
        }
    }

    /// Moves the map as adjusted, and forgets the observations that contradict it; inside the map's write lock.
    void writeBack() {
        for (int i = 0; i < keyframes.size(); i++) {
            if (!held.contains(keyframes.get(i))) {
                var pose = problem.pose(i);
                keyframes
                        .get(i)
                        .moveTo(metricFromMap
                                .map(change -> InertialMap.toMap(pose, change))
                                .orElse(pose));
            }
        }
        var mapFromMetric = metricFromMap.map(Sim3::inverse);
        for (int i = 0; i < points.size(); i++) {
            var point = problem.point(i);
            points.get(i)
                    .moveTo(mapFromMetric.map(change -> change.apply(point)).orElse(point));
        }
        for (int i = 0; i < observations.size(); i++) {
            if (problem.isOutlier(i)) {
                map.unobserve(
                        observations.get(i).landmark(), observations.get(i).keyframe());
            }
        }
        for (var landmark : points) {
            if (landmark.observations().size() < 2) {
                map.remove(landmark);
            } else {
                landmark.refresh();
            }
        }
        if (window != null && terms != null) {
            window.writeBack(terms, indices, held);
        }
    }
}
