package dev.aerie.slam.map;

import dev.aerie.slam.imu.InertialStart;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What tracking asks of those who build the map; done at once or soon, by the mapping thread. Never called
/// while the map's lock is held.
public interface Mapping {

    /// Creates a new submap; returns its second keyframe, or nothing if the initial map is rejected.
    CompletableFuture<Optional<Keyframe>> initialize(InitialMap map);

    /// Makes a keyframe of a tracked frame.
    void insertKeyframe(KeyframeRequest request);

    /// Lets an inertial sensor's readings take part in a submap.
    void startInertial(InertialStart start);

    /// Removes a submap.
    void dropSubmap(int submap);

    /// Whether a keyframe would be worked on at once.
    boolean isIdle();
}
