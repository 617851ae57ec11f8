package dev.aerie.slam.mapping;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.MappingConfig;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Builds the map: turns what is handed to it into keyframes and landmarks, and keeps both in agreement.
///
/// Used by the mapping thread alone. Source: ORB-SLAM (Mur-Artal et al. 2015), section VI.
public final class LocalMapper {

    private final SlamMap map;
    private final MappingConfig config;
    private final SlamEvents events;
    private final PlaceIndex placeIndex;
    private final LandmarkCreation creation;
    private final LandmarkFusion fusion;
    private final MapCulling mapCulling;
    private final BundleAdjuster adjuster;
    private final InertialMap inertial;

    public LocalMapper(SlamMap map, PlaceIndex placeIndex, SlamTuning tuning, InertialMap inertial, SlamEvents events) {
        this.map = map;
        config = tuning.mapping();
        this.events = events;
        this.placeIndex = placeIndex;
        creation = new LandmarkCreation(map, config, tuning.matching());
        fusion = new LandmarkFusion(map, config, tuning.matching());
        mapCulling = new MapCulling(map, tuning.culling());
        this.inertial = inertial;
        adjuster = new BundleAdjuster(map, config, inertial);
    }

    /// Creates a new submap whose unit is its median depth. Returns its second keyframe, or nothing if it keeps too few
    /// landmarks after both views were adjusted.
    public Optional<Keyframe> initialize(InitialMap initialMap) {
        int submap = map.newSubmap();
        var keyframes = new Keyframe[2];
        map.write(() -> {
            keyframes[0] = map.addKeyframe(initialMap.first(), initialMap.camera(), RigidTransform.IDENTITY, submap);
            keyframes[1] =
                    map.addKeyframe(initialMap.second(), initialMap.camera(), initialMap.secondFromFirst(), submap);
            for (var point : initialMap.points()) {
                var landmark = map.addLandmark(point.inFirst(), keyframes[0], point.firstFeature());
                map.observe(landmark, keyframes[1], point.secondFeature());
                landmark.refresh();
            }
            keyframes[0].covisibility().update();
            keyframes[1].covisibility().update();
        });
        adjuster.adjustSubmap(submap);
        double depth = keyframes[0].medianDepth().orElse(-1.0);
        if (depth <= 0 || keyframes[1].landmarks().size() < config.minInitialLandmarks()) {
            dropSubmap(submap);
            return Optional.empty();
        }
        map.write(() -> {
            map.transform(submap, new Sim3(Rotation.IDENTITY, Vector3.ZERO, 1 / depth));
            List.of(keyframes).forEach(placeIndex::add);
        });
        events.submapCreated(submap, keyframes[1].landmarks().size());
        return Optional.of(keyframes[1]);
    }

    /// Lets an inertial sensor's readings take part in a submap, if it is still there and they agree with it.
    public void startInertial(InertialStart start) {
        if (adjuster.startInertial(start)) {
            events.inertialStarted(start.submap(), start.metricFromMap().scale());
        }
    }

    /// Removes a submap.
    public void dropSubmap(int submap) {
        inertial.end(submap);
        map.write(() -> {
            var gone = map.keyframesOf(submap);
            events.submapDropped(submap, gone.size());
            map.removeSubmap(submap);
            gone.forEach(_ -> placeIndex.noteRemoved(map.keyframes()));
        });
    }

    /// Inserts a keyframe; returns nothing if its submap was removed.
    ///
    /// - `isPressed`: whether more keyframes wait; then the costly steps are skipped
    public Optional<Keyframe> insertKeyframe(KeyframeRequest request, BooleanSupplier isPressed) {
        if (request.anchor().keyframe().submap() == Keyframe.NO_SUBMAP) {
            return Optional.empty();
        }
        var keyframe = add(request);
        mapCulling.cullLandmarks(keyframe);
        mapCulling.cullMissing(keyframe);
        mapCulling.addRecent(creation.create(keyframe));
        if (!isPressed.getAsBoolean()) {
            fusion.fuseAround(keyframe);
        }
        if (!isPressed.getAsBoolean()) {
            adjuster.adjustAround(keyframe, isPressed);
            refineInertial(keyframe, isPressed);
            var culled = mapCulling.cullKeyframes(keyframe);
            map.write(() -> culled.forEach(_ -> placeIndex.noteRemoved(map.keyframes())));
        }
        return Optional.of(keyframe);
    }

    /// Landmarks removed because they may move; safe for any thread.
    public long movableLandmarks() {
        return mapCulling.movableLandmarks();
    }

    /// Waits for a moment without other keyframes: it takes as long as several of them.
    private void refineInertial(Keyframe newest, BooleanSupplier isPressed) {
        long nanos = newest.frameFeatures().captureTimeNanos();
        if (!isPressed.getAsBoolean() && inertial.isRefinementDue(newest.submap(), nanos)) {
            adjuster.refineInertial(newest.submap());
        }
    }

    private Keyframe add(KeyframeRequest request) {
        var made = new Keyframe[1];
        map.write(() -> {
            var reference = request.anchor().keyframe();
            var keyframe = map.addKeyframe(
                    request.frameFeatures(),
                    reference.camera(),
                    request.anchor().cameraFromWorld(),
                    reference.submap());
            for (var match : request.matches()) {
                match.landmark()
                        .current()
                        .filter(landmark -> !landmark.isSeenBy(keyframe))
                        .ifPresent(landmark -> map.observe(landmark, keyframe, match.feature()));
            }
            keyframe.landmarks().forEach(Landmark::refresh);
            keyframe.covisibility().update();
            made[0] = keyframe;
            placeIndex.add(keyframe);
        });
        return made[0];
    }
}
