package dev.aerie.slam.mapping;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// In which submaps an inertial sensor's readings take part, and how these lie in metres with Z up.
///
/// Begun by the mapping thread; read and ended by any.
public final class InertialMap {

    /// After the start, once more readings are there, the whole submap is adjusted with them again; after ORB-SLAM3.
    private static final List<Long> REFINED_AFTER_NANOS = Stream.of(3, 6, 10, 15, 20, 25)
            .map(seconds -> seconds * 1_000_000_000L)
            .toList();

    /// Of these, the last ones that may be due for a submap to be settled: 15 s have passed, after ORB-SLAM3.
    private static final int LAST_REFINEMENTS = 2;

    private final Map<Integer, InertialStart> starts = new ConcurrentHashMap<>();
    private final Map<Integer, Deque<Long>> refinements = new ConcurrentHashMap<>();
    private final InertialNoise noise;

    public InertialMap(InertialNoise noise) {
        this.noise = noise;
    }

    InertialNoise noise() {
        return noise;
    }

    /// Of a submap in which readings take part.
    Optional<InertialStart> of(int submap) {
        return Optional.ofNullable(starts.get(submap));
    }

    /// What brings a submap to metres with Z up, if readings take part in it.
    public Optional<Sim3> metricFromMap(int submap) {
        return of(submap).map(InertialStart::metricFromMap);
    }

    /// Which way is up in a submap, of length 1, once it has been refined so often that its tilt and scale are to be
    /// trusted more than those of a loop.
    public Optional<Vector3> up(int submap) {
        var due = refinements.get(submap);
        return metricFromMap(submap)
                .filter(_ -> due != null && due.size() <= LAST_REFINEMENTS)
                .map(metric -> metric.rotation().applyInverse(Vector3.UP));
    }

    /// - `nanos`: capture time of the newest keyframe
    void begin(InertialStart start, long nanos) {
        starts.put(start.submap(), start);
        refinements.put(
                start.submap(),
                new ArrayDeque<>(
                        REFINED_AFTER_NANOS.stream().map(after -> nanos + after).toList()));
    }

    /// Readings take no part any more.
    public void end(int submap) {
        starts.remove(submap);
        refinements.remove(submap);
    }

    /// Whether a submap should be adjusted as a whole again; asked once for each keyframe.
    ///
    /// - `nanos`: its capture time
    boolean isRefinementDue(int submap, long nanos) {
        var due = refinements.get(submap);
        if (due == null || due.isEmpty() || nanos < due.getFirst()) {
            return false;
        }
        due.removeFirst();
        return true;
    }

    /// A pose of the map, `cameraFromWorld`, in metres with Z up.
    static RigidTransform toMetric(RigidTransform cameraFromMap, Sim3 metricFromMap) {
        return Sim3.of(cameraFromMap).times(metricFromMap.inverse()).toRigid();
    }

    /// The inverse of [#toMetric].
    static RigidTransform toMap(RigidTransform cameraFromMetric, Sim3 metricFromMap) {
        return Sim3.of(cameraFromMetric).times(metricFromMap).toRigid();
    }

    /// A keyframe's velocity, m/s in the axes of the metric world.
    static Optional<Vector3> velocity(Keyframe keyframe, InertialStart start) {
        return keyframe.motion()
                .map(BodyMotion::velocity)
                .map(velocity -> worldFromBody(keyframe, start).rotation().apply(velocity));
    }

    /// A keyframe's body in the metric world.
    static RigidTransform worldFromBody(Keyframe keyframe, InertialStart start) {
        return toMetric(keyframe.cameraFromWorld(), start.metricFromMap())
                .inverse()
                .times(start.cameraFromBody());
    }
}
