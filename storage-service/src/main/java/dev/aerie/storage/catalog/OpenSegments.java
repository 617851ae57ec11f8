package dev.aerie.storage.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The segments that this process is writing now. Safe for any thread.
public final class OpenSegments {

    private final ConcurrentHashMap<String, OpenSegment> byId = new ConcurrentHashMap<>();

    /// A segment that is being written, with the data that is on the disk. Both methods return copies. Callers that
    /// need both to agree ask for the frames first, because the file only grows.
    public interface OpenSegment {

        /// The segment now: state [Segment.State#OPEN], path of the `.part` file.
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

    /// The open segments of one stream; usually one or none.
    public List<OpenSegment> of(String stream) {
        return all().stream()
                .filter(open -> open.segment().stream().equals(stream))
                .toList();
    }
}
