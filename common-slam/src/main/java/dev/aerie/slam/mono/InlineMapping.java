package dev.aerie.slam.mono;

import dev.aerie.slam.imu.InertialStart;
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
    public CompletableFuture<Optional<Keyframe>> initialize(InitialMap map) {
        return CompletableFuture.completedFuture(builder.initialize(map));
    }

    @Override
    public void insertKeyframe(KeyframeRequest request) {
        builder.insertKeyframe(request, () -> false);
    }

    @Override
    public void startInertial(InertialStart start) {
        builder.startInertial(start);
    }

    @Override
    public void dropSubmap(int submap) {
        builder.dropSubmap(submap);
    }

    @Override
    public boolean isIdle() {
        return true;
    }
}
