package dev.aerie.frames.crop;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The crops of every stream of this replica. Safe for several threads.
public final class CropStore {

    private final Map<String, ObjectCrops> byStream = new ConcurrentHashMap<>();

    /// Keeps the crops of one more stream; whoever opens it closes it.
    public ObjectCrops open(String stream) {
        var crops = new ObjectCrops(closed -> byStream.remove(stream, closed));
        byStream.put(stream, crops);
        return crops;
    }

    public Optional<ObjectCrops> find(String stream) {
        return Optional.ofNullable(byStream.get(stream));
    }
}
