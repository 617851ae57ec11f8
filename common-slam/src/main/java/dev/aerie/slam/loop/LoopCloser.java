package dev.aerie.slam.loop;

import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.mapping.BundleAdjuster;
import dev.aerie.slam.mapping.InertialMap;
import dev.aerie.slam.mapping.LandmarkFusion;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.solve.PoseGraph;
import dev.aerie.slam.tuning.LoopConfig;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Closes loops, and merges submaps that show the same place.
///
/// Used by the mapping thread. Source: ORB-SLAM (Mur-Artal et al. 2015), section VII; for submaps,
/// ORB-SLAM-Atlas (Elvira et al. 2019), section III.
public final class LoopCloser {

    private final SlamMap map;
    private final LoopConfig config;
    private final SlamEvents events;
    private final LoopVerifier verifier;
    private final LandmarkFusion fusion;
    private final BundleAdjuster adjuster;
    private final EssentialGraph graph;
    private final InertialMap inertial;
    private final Deque<LoopClosure> closures = new ConcurrentLinkedDeque<>();
    private int nextAllowedKeyframe;

    public LoopCloser(SlamMap map, PlaceIndex placeIndex, SlamTuning tuning, InertialMap inertial, SlamEvents events) {
        this.map = map;
        config = tuning.loops();
        this.events = events;
        verifier = new LoopVerifier(map, placeIndex, config, tuning.matching(), inertial::up);
        fusion = new LandmarkFusion(map, tuning.mapping(), tuning.matching());
        adjuster = new BundleAdjuster(map, tuning.mapping(), inertial);
        graph = new EssentialGraph(config);
        this.inertial = inertial;
    }

    /// Closes a loop or merges two submaps if a new keyframe shows a known place; returns whether it did.
    public boolean close(Keyframe keyframe) {
        if (keyframe.number() < nextAllowedKeyframe || keyframe.isRemoved()) {
            return false;
        }
        var match = verifier.verify(keyframe);
        if (match.isEmpty()) {
            return false;
        }
        nextAllowedKeyframe = keyframe.number() + config.minKeyframesBetween();
        boolean isLoop = match.get().older().submap() == keyframe.submap();
        note(match.get(), isLoop);
        if (isLoop) {
            var up = inertial.up(keyframe.submap());
            var loop = up.map(match.get()::upright).orElseGet(match::get);
            var correction = correction(loop);
            closeLoop(loop, up.map(PoseGraph::alignedWithGravity).orElseGet(PoseGraph::ofSimilarities));
            events.loopClosed(
                    keyframe.number(),
                    match.get().older().number(),
                    match.get().matches().size(),
                    correction);
        } else {
            map.write(() -> mergeSubmaps(match.get()));
        }
        adjust(keyframe);
        return true;
    }

    /// The newest loops closed and submaps merged, oldest first; safe for any thread.
    public List<LoopClosure> closures() {
        return List.copyOf(closures);
    }

    private void note(LoopMatch match, boolean isLoop) {
        closures.addLast(new LoopClosure(
                match.current().frameFeatures().frameNumber(),
                match.older().frameFeatures().frameNumber(),
                !isLoop));
        if (closures.size() > SlamEngine.MAX_LOOP_CLOSURES) {
            closures.removeFirst();
        }
    }

    private static SlamEvents.Correction correction(LoopMatch match) {
        var before = match.current().cameraFromWorld();
        var after = match.currentFromWorld().toRigid();
        return new SlamEvents.Correction(
                before.originOfTarget().distanceTo(after.originOfTarget()),
                Math.toDegrees(before.rotation().angleTo(after.rotation())),
                match.currentFromWorld().scale());
    }

    private void adjust(Keyframe keyframe) {
        if (map.keyframesOf(keyframe.submap()).size() <= config.maxKeyframesInFullAdjustment()) {
            adjuster.adjustSubmap(keyframe.submap());
        } else {
            adjuster.adjustAround(keyframe, () -> false);
        }
    }

    /// Moves the keyframes around the newer one to where the loop says that they are, makes one of what is
    /// seen twice, and spreads the difference over the rest.
    ///
    /// The map can be read while the pose graph is solved: what is around the newest frames is right by then.
    ///
    /// - `problem`: empty; how keyframes may move
    private void closeLoop(LoopMatch match, PoseGraph problem) {
        var before = graph.snapshot(map.keyframesOf(match.current().submap()));
        var group = new ArrayList<>(List.of(match.current()));
        group.addAll(match.current().covisibility().neighbours());
        var corrected = correctedPoses(match, group);
        map.write(() -> {
            moveGroup(corrected);
            fuse(match, group);
        });
        graph.optimize(map, before, corrected, match.current(), match.older(), problem);
    }

    private static Map<Keyframe, Sim3> correctedPoses(LoopMatch match, List<Keyframe> group) {
        var worldFromCurrent = match.current().cameraFromWorld().inverse();
        var corrected = new LinkedHashMap<Keyframe, Sim3>();
        for (var keyframe : group) {
            var fromCurrent = Sim3.of(keyframe.cameraFromWorld().times(worldFromCurrent));
            corrected.put(keyframe, fromCurrent.times(match.currentFromWorld()));
        }
        return corrected;
    }

    private static void moveGroup(Map<Keyframe, Sim3> corrected) {
        var moved = new LinkedHashMap<Landmark, Keyframe>();
        corrected.keySet().forEach(keyframe -> keyframe.landmarks().forEach(l -> moved.putIfAbsent(l, keyframe)));
        moved.forEach((landmark, keyframe) -> {
            var inCamera = keyframe.cameraFromWorld().apply(landmark.position());
            landmark.moveTo(
                    corrected.getOrDefault(keyframe, Sim3.IDENTITY).inverse().apply(inCamera));
        });
        corrected.forEach(Keyframe::moveTo);
        moved.keySet().forEach(Landmark::refresh);
    }

    /// Makes one landmark of each that the older and the newer keyframes see.
    private void fuse(LoopMatch match, List<Keyframe> group) {
        for (Match landmarkMatch : match.matches()) {
            var known = match.current().landmark(landmarkMatch.feature());
            var kept = landmarkMatch.landmark().current();
            if (kept.isPresent() && known.isPresent()) {
                map.fuse(known.get(), kept.get());
            } else if (kept.isPresent() && !kept.get().isSeenBy(match.current())) {
                map.observe(kept.get(), match.current(), landmarkMatch.feature());
            }
        }
        for (var keyframe : group) {
            fusion.fuse(match.olderLandmarks(), keyframe, config.fusionRadiusPixels());
        }
        group.forEach(keyframe -> keyframe.covisibility().update());
        match.current().covisibility().addLoopEdge(match.older());
    }

    /// Transforms the younger submap into the older one's world frame.
    private void mergeSubmaps(LoopMatch match) {
        int currentSubmap = match.current().submap();
        int olderSubmap = match.older().submap();
        var olderWorldFromCurrentWorld = match.worldChange();
        boolean isOlderKept = olderSubmap < currentSubmap;
        int from = isOlderKept ? currentSubmap : olderSubmap;
        int into = isOlderKept ? olderSubmap : currentSubmap;
        var change = isOlderKept ? olderWorldFromCurrentWorld : olderWorldFromCurrentWorld.inverse();
        map.transform(from, change);
        map.merge(from, into);
        events.submapsMerged(
                from,
                into,
                match.current().number(),
                match.older().number(),
                match.matches().size(),
                change.scale());
        var group = new ArrayList<>(List.of(match.current()));
        group.addAll(match.current().covisibility().neighbours());
        fuse(match, group);
    }
}
