package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One browser that receives one stream by name, across its sessions, until the socket closes.
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

    /// Joins the stream, or reports that it is not live.
    void start() {
        joinIfLive();
        if (joined.get() == null) {
            feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
        }
    }

    /// Joins the stream if it is live and not joined yet; called periodically.
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

    /// Frames dropped because this viewer was too slow.
    long dropped() {
        return feed.dropped();
    }

    private void streamEnded() {
        joined.set(null);
        feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
    }
}
