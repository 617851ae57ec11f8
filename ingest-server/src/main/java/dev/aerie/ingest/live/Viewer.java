package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One browser that watches one stream by its name, through every end and new start of it, until its socket closes.
///
/// Holds no lock while it calls the relay, which calls back under its own.
final class Viewer implements AutoCloseable {

    private final String stream;
    private final Relay relay;
    private final ViewerFeed feed;
    private final AtomicReference<@Nullable RelayStream> watched = new AtomicReference<>();
    private volatile boolean closed;

    Viewer(String stream, Relay relay, ClientConnection clientConnection, LiveFormat format) {
        this.stream = stream;
        this.relay = relay;
        this.feed = new ViewerFeed(clientConnection, format, this::lost);
    }

    /// Says where things stand to a viewer that has just come.
    void start() {
        look();
        if (watched.get() == null) {
            feed.say(Json.text(new LiveText.Waiting(stream)));
        }
    }

    /// Joins the stream if it is there now and not joined yet; called again and again while the viewer waits.
    void look() {
        var found = relay.find(stream);
        if (found.isEmpty() || !watched.compareAndSet(null, found.get())) {
            return;
        }
        feed.begin();
        found.get().subscribe(feed);
        feed.caughtUp();
        if (closed) {
            found.get().unsubscribe(feed);
        }
    }

    @Override
    public void close() {
        closed = true;
        var stream = watched.get();
        if (stream != null) {
            stream.unsubscribe(feed);
        }
    }

    /// Frames that this viewer was too slow for.
    long dropped() {
        return feed.dropped();
    }

    private void lost() {
        watched.set(null);
        feed.say(Json.text(new LiveText.Waiting(stream)));
    }
}
