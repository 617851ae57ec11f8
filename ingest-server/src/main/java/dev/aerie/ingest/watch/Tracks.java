package dev.aerie.ingest.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.StreamEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The tracked objects of all streams, as events. Thread-safe; results are taken one after the other.
public final class Tracks {

    private final CopyOnWriteArrayList<Consumer<TrackChange>> listeners = new CopyOnWriteArrayList<>();

    @GuardedBy("this")
    private final SessionWatches<TrackChange> sessions = new SessionWatches<>(_ -> new TrackWatch());

    /// Hears of each change, on the thread that brings the result; must not block.
    public void addListener(Consumer<TrackChange> listener) {
        listeners.add(listener);
    }

    /// Whether anybody wants to know.
    public boolean isWatched() {
        return !listeners.isEmpty();
    }

    public void accept(FrameResult result) {
        List<TrackChange> changes;
        synchronized (this) {
            changes = sessions.accept(result);
        }
        tell(changes);
    }

    /// A session that ended ends its tracks.
    public void accept(StreamEvent event) {
        List<TrackChange> changes;
        synchronized (this) {
            changes = sessions.accept(event);
        }
        tell(changes);
    }

    private void tell(List<TrackChange> changes) {
        changes.forEach(change -> listeners.forEach(listener -> listener.accept(change)));
    }
}
