package dev.aerie.slam.mono;

import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.loop.LoopCloser;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.mapping.InertialMap;
import dev.aerie.slam.mapping.LocalMapper;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Everything that changes the map, in the order in which it happens to a keyframe. Used by the mapping thread
/// alone, but for [#loopClosures] and [#movableLandmarks].
final class MapBuilder {

    private final LocalMapper mapper;
    private final LoopCloser loopCloser;

    MapBuilder(SlamMap map, PlaceIndex placeIndex, SlamTuning tuning, InertialMap inertial, SlamEvents events) {
        mapper = new LocalMapper(map, placeIndex, tuning, inertial, events);
        loopCloser = new LoopCloser(map, placeIndex, tuning, inertial, events);
    }

    Optional<Keyframe> initialize(InitialMap map) {
        return mapper.initialize(map);
    }

    void insertKeyframe(KeyframeRequest request, BooleanSupplier isPressed) {
        mapper.insertKeyframe(request, isPressed).ifPresent(loopCloser::close);
    }

    /// Safe for any thread.
    List<LoopClosure> loopClosures() {
        return loopCloser.closures();
    }

    /// Landmarks removed because they may move; safe for any thread.
    long movableLandmarks() {
        return mapper.movableLandmarks();
    }

    void startInertial(InertialStart start) {
        mapper.startInertial(start);
    }

    void dropSubmap(int submap) {
        mapper.dropSubmap(submap);
    }
}
