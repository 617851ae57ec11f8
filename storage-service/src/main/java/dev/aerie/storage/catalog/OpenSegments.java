package dev.aerie.storage.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The segments that this process is writing now. Any thread.
public final class OpenSegments {

    private final ConcurrentHashMap<String, OpenSegment> byId = new ConcurrentHashMap<>();

    /// One that is being written, as far as it is on disk. Both answers are copies; ask for the frames first where
    /// both are to agree: the file only grows.
    public interface OpenSegment {

        /// As it stands: state [Segment.State#OPEN], path of the `.part` file.
        Segment segment();

        FrameIndex frames();
    }

    public void add(String id, OpenSegment open) {
        byId.put(id, open);
    }

    public void remove(String id) {
        byId.remove(id);
    }

    public Collection<OpenSegment> all() {
        return List.copyOf(byId.values());
    }

    public Optional<OpenSegment> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Those of one stream; mostly one or none.
    public List<OpenSegment> of(String stream) {
        return all().stream()
                .filter(open -> open.segment().stream().equals(stream))
                .toList();
    }
}
