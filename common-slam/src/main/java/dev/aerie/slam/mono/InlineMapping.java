package dev.aerie.slam.mono;

import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.KeyframeRequest;
import dev.aerie.slam.map.Mapping;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Builds the map on the tracker's own thread: slower for the frames that become keyframes, and the same
/// every time.
final class InlineMapping implements Mapping {

    private final MapBuilder builder;

    InlineMapping(MapBuilder builder) {
        this.builder = builder;
    }

    @Override
    public CompletableFuture<Optional<Keyframe>> begin(InitialMap map) {
        return CompletableFuture.completedFuture(builder.begin(map));
    }

    @Override
    public void insert(KeyframeRequest request) {
        builder.insert(request, () -> false);
    }

    @Override
    public void drop(int submap) {
        builder.drop(submap);
    }

    @Override
    public boolean isIdle() {
        return true;
    }
}
