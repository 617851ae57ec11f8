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
    private final AtomicReference<@Nullable RelayStream> joined = new AtomicReference<>();
    private volatile boolean closed;

    Viewer(String stream, Relay relay, ClientConnection clientConnection, LiveFormat format) {
        this.stream = stream;
        this.relay = relay;
        this.feed = new ViewerFeed(clientConnection, format, this::streamEnded);
    }

    /// Says where things stand to a viewer that has just come.
    void start() {
        joinIfLive();
        if (joined.get() == null) {
            feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
        }
    }

    /// Joins the stream if it is there now and not joined yet; called again and again while the viewer waits.
    void joinIfLive() {
        var found = relay.find(stream);
        if (found.isEmpty() || !joined.compareAndSet(null, found.get())) {
            return;
        }
        feed.startCatchUp();
        found.get().subscribe(feed);
        feed.endCatchUp();
        if (closed) {
            found.get().unsubscribe(feed);
        }
    }

    @Override
    public void close() {
        closed = true;
        var stream = joined.get();
        if (stream != null) {
            stream.unsubscribe(feed);
        }
    }

    /// Frames that this viewer was too slow for.
    long dropped() {
        return feed.dropped();
    }

    private void streamEnded() {
        joined.set(null);
        feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
    }
}
