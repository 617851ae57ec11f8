package dev.aerie.slam.loop;

import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.solve.PoseGraph;
import dev.aerie.slam.tuning.LoopConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The pose graph of a submap: distributes a loop's correction along the spanning tree, the strongest covisibility
/// edges and the loop edges.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section VII.D.
final class EssentialGraph {

    private final LoopConfig config;

    EssentialGraph(LoopConfig config) {
        this.config = config;
    }

    /// Keyframes and who was tied to whom, with their poses, before a loop changed either.
    ///
    /// - `edges`: for each keyframe, those it is linked to
    /// - `neighbours`: for each keyframe, all that shared landmarks with it
    record Snapshot(
            Map<Keyframe, Sim3> poses, Map<Keyframe, Set<Keyframe>> edges, Map<Keyframe, List<Keyframe>> neighbours) {}

    /// - `keyframes`: a whole submap, in the order in which they were made
    Snapshot snapshot(List<Keyframe> keyframes) {
        var poses = new LinkedHashMap<Keyframe, Sim3>();
        var ties = new LinkedHashMap<Keyframe, Set<Keyframe>>();
        var neighbours = new LinkedHashMap<Keyframe, List<Keyframe>>();
        for (var keyframe : keyframes) {
            poses.put(keyframe, Sim3.of(keyframe.cameraFromWorld()));
            var linked = new LinkedHashSet<Keyframe>();
            keyframe.covisibility().parent().ifPresent(linked::add);
            linked.addAll(keyframe.covisibility().best(config.strongestEdges()));
            linked.addAll(keyframe.covisibility().loopEdges());
            ties.put(keyframe, linked);
            neighbours.put(keyframe, keyframe.covisibility().neighbours());
        }
        return new Snapshot(poses, ties, neighbours);
    }

    /// Moves all keyframes of a submap and their landmarks. The map is locked only while the result is written.
    ///
    /// - `map`: of the keyframes, changed by this thread alone
    /// - `before`: the submap as it was
    /// - `corrected`: those already moved, and where to
    /// - `current`, `older`: the two ends of the loop; the older one holds still
    /// - `problem`: empty; how poses may move
    void optimize(
            SlamMap map,
            Snapshot before,
            Map<Keyframe, Sim3> corrected,
            Keyframe current,
            Keyframe older,
            PoseGraph problem) {
        var keyframes = List.copyOf(before.poses().keySet());
        Map<Keyframe, Integer> indices = new LinkedHashMap<>();
        var start = new LinkedHashMap<Keyframe, Sim3>();
        for (var keyframe : keyframes) {
            indices.put(keyframe, indices.size());
            var pose = corrected.getOrDefault(keyframe, Sim3.of(keyframe.cameraFromWorld()));
            start.put(keyframe, pose);
            problem.addPose(pose, keyframe == older);
        }
        before.edges().forEach((keyframe, linked) -> {
            for (var other : linked) {
                addEdge(problem, indices, before.poses(), keyframe, other);
            }
        });
        for (var end : corrected.keySet()) {
            var known = before.neighbours().getOrDefault(end, List.of());
            for (var other : end.covisibility().neighbours()) {
                if (!corrected.containsKey(other) && !known.contains(other)) {
                    addEdge(problem, indices, start, end, other);
                }
            }
        }
        addEdge(problem, indices, start, current, older);
        problem.run(config.poseGraphIterations());
        map.write(() -> writeBack(problem, keyframes, start, corrected.keySet()));
    }

    private static void addEdge(
            PoseGraph problem,
            Map<Keyframe, Integer> indices,
            Map<Keyframe, Sim3> poses,
            Keyframe first,
            Keyframe second) {
        Integer one = indices.get(first);
        Integer other = indices.get(second);
        var firstPose = poses.get(first);
        var secondPose = poses.get(second);
        if (one != null && other != null && firstPose != null && secondPose != null && !one.equals(other)) {
            problem.addEdge(one, other, secondPose.times(firstPose.inverse()));
        }
    }

    /// Moves keyframes, and each landmark with the keyframe that it was moved with already, or else with the
    /// first that saw it.
    private static void writeBack(
            PoseGraph problem, List<Keyframe> keyframes, Map<Keyframe, Sim3> start, Set<Keyframe> alreadyMoved) {
        var changes = new LinkedHashMap<Keyframe, Sim3>();
        for (int i = 0; i < keyframes.size(); i++) {
            var keyframe = keyframes.get(i);
            var was = start.getOrDefault(keyframe, Sim3.IDENTITY);
            var unscaled = Sim3.of(was.toRigid());
            changes.put(keyframe, problem.pose(i).inverse().times(alreadyMoved.contains(keyframe) ? was : unscaled));
        }
        var moved = new LinkedHashSet<Landmark>();
        alreadyMoved.forEach(keyframe -> moveLandmarks(keyframe, changes, moved));
        keyframes.forEach(keyframe -> moveLandmarks(keyframe, changes, moved));
        for (int i = 0; i < keyframes.size(); i++) {
            var keyframe = keyframes.get(i);
            var was = start.getOrDefault(keyframe, Sim3.IDENTITY);
            var now = problem.pose(i);
            double already = alreadyMoved.contains(keyframe) ? was.scale() : 1;
            keyframe.moveTo(new Sim3(now.rotation(), now.translation().times(1 / already), now.scale() / already));
        }
        moved.forEach(Landmark::refresh);
    }

    /// Moves what a keyframe sees along with it, unless it has been moved.
    private static void moveLandmarks(Keyframe keyframe, Map<Keyframe, Sim3> changes, Set<Landmark> moved) {
        var change = changes.getOrDefault(keyframe, Sim3.IDENTITY);
        for (var landmark : keyframe.landmarks()) {
            if (moved.add(landmark)) {
                landmark.moveTo(change.apply(landmark.position()));
            }
        }
    }
}
