package dev.aerie.ingest.watch;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.StreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A [SessionWatch] for the session of each stream. Frames that come twice, out of order, or late from a session that
/// is over, are passed by, and so are recordings that are shown again. Not thread-safe.
public final class SessionWatches<E> {

    private static final int MAX_STREAMS = 1_000;

    private final Function<String, SessionWatch<E>> opener;

    /// The last used is the last.
    private final LinkedHashMap<String, Watched<E>> streams = new LinkedHashMap<>(16, 0.75f, true);

    /// The session before, by stream.
    private final Map<String, String> former = new LinkedHashMap<>();

    private record Watched<E>(String session, SessionWatch<E> watch, long lastFrame) {}

    /// - `opener`: makes the watch of a session
    public SessionWatches(Function<String, SessionWatch<E>> opener) {
        this.opener = opener;
    }

    public boolean contains(String stream) {
        return streams.containsKey(stream);
    }

    /// What happens with this frame.
    public List<E> accept(FrameResult result) {
        var id = result.envelope().frameId();
        String stream = id.stream();
        if (result.envelope().clock() == CaptureClock.REPLAY || id.session().equals(former.get(stream))) {
            return List.of();
        }
        var events = new ArrayList<E>();
        var watched = streams.get(stream);
        if (watched != null && !watched.session().equals(id.session())) {
            events.addAll(forget(stream));
            watched = null;
        }
        var watch = watched == null ? opener.apply(id.session()) : watched.watch();
        if (watched == null || id.frameNumber() > watched.lastFrame()) {
            streams.put(stream, new Watched<>(id.session(), watch, id.frameNumber()));
            events.addAll(watch.accept(result));
        }
        if (streams.size() > MAX_STREAMS) {
            events.addAll(forget(streams.firstEntry().getKey()));
        }
        return events;
    }

    /// What happens because a session has ended.
    public List<E> accept(StreamEvent event) {
        var id = event.envelope().frameId();
        var watched = streams.get(id.stream());
        boolean isOver = event.event() == StreamEvent.Kind.ENDED
                && watched != null
                && watched.session().equals(id.session());
        return isOver ? forget(id.stream()) : List.of();
    }

    private List<E> forget(String stream) {
        var gone = streams.remove(stream);
        if (gone == null) {
            return List.of();
        }
        former.remove(stream);
        former.put(stream, gone.session());
        if (former.size() > MAX_STREAMS) {
            former.remove(former.keySet().iterator().next());
        }
        return gone.watch().end();
    }
}
