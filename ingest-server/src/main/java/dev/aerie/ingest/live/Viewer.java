package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.transcode.BrowserStreams;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One browser that receives one stream by name, across its sessions, until the socket closes.
///
/// Holds no lock while it calls the relay, which calls back under its own.
final class Viewer implements AutoCloseable {

    private final String stream;
    private final Function<String, BrowserStreams.Found> streams;
    private final ViewerFeed feed;
    private final AtomicReference<@Nullable RelayStream> joined = new AtomicReference<>();
    private volatile String refusal = "";
    private volatile boolean closed;

    /// - `streams`: finds a stream in a codec that the viewer decodes
    /// - `encoder`: see [ViewerFeed]
    Viewer(
            String stream,
            Function<String, BrowserStreams.Found> streams,
            ClientConnection clientConnection,
            LiveFormat format,
            Executor encoder) {
        this.stream = stream;
        this.streams = streams;
        this.feed = new ViewerFeed(clientConnection, format, this::streamEnded, encoder);
    }

    /// Joins the stream, or reports that it is not live.
    void start() {
        joinIfLive();
        if (joined.get() == null && refusal.isEmpty()) {
            feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
        }
    }

    /// Joins the stream if it is live and not joined yet; called periodically.
    void joinIfLive() {
        if (joined.get() != null || closed) {
            return;
        }
        switch (streams.apply(stream)) {
            case BrowserStreams.Found.NotLive _ -> {}
            case BrowserStreams.Found.Live(RelayStream found) -> join(found);
            case BrowserStreams.Found.Refused(String reason) -> refuse(reason);
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

    private void join(RelayStream found) {
        if (!joined.compareAndSet(null, found)) {
            return;
        }
        refusal = "";
        feed.startCatchUp();
        found.subscribe(feed);
        feed.endCatchUp();
        if (closed) {
            found.unsubscribe(feed);
        }
    }

    /// Once for each reason: the next attempt follows soon.
    private void refuse(String reason) {
        if (!refusal.equals(reason)) {
            refusal = reason;
            feed.sendMessage(Json.text(new LiveText.Problem(stream, reason)));
        }
    }

    private void streamEnded() {
        joined.set(null);
        feed.sendMessage(Json.text(new LiveText.Waiting(stream)));
    }
}
