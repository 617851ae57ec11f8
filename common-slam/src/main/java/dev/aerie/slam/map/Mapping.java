package dev.aerie.slam.map;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What tracking asks of those who build the map; done at once or soon, by the mapping thread. Never called
/// while the map's lock is held.
public interface Mapping {

    /// Begins a new part of the map; gives its second keyframe, or nothing if the seed turns out to be bad.
    CompletableFuture<Optional<Keyframe>> initialize(InitialMap map);

    /// Makes a keyframe of a tracked frame.
    void insertKeyframe(KeyframeRequest request);

    /// Takes a part out of the map.
    void dropSubmap(int submap);

    /// Whether a keyframe would be worked on at once.
    boolean isIdle();
}
