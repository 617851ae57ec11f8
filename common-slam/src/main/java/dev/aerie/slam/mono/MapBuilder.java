package dev.aerie.slam.mono;

import dev.aerie.slam.loop.LoopCloser;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.mapping.LocalMapper;
import dev.aerie.slam.place.PlaceIndex;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Everything that changes the map, in the order in which it happens to a keyframe. Used by the mapping thread
/// alone.
final class MapBuilder {

    private final LocalMapper mapper;
    private final LoopCloser closer;

    MapBuilder(SlamMap map, PlaceIndex places) {
        mapper = new LocalMapper(map, places);
        closer = new LoopCloser(map, places);
    }

    Optional<Keyframe> begin(InitialMap map) {
        return mapper.begin(map);
    }

    void insert(KeyframeRequest request, BooleanSupplier isPressed) {
        mapper.insert(request, isPressed).ifPresent(closer::close);
    }

    void drop(int submap) {
        mapper.drop(submap);
    }
}
