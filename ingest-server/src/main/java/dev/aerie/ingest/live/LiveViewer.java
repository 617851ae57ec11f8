package dev.aerie.ingest.live;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One browser that watches one stream by its name, through every end and new start of it, until its socket closes.
///
/// Holds no lock while it calls the relay, which calls back under its own.
final class LiveViewer implements AutoCloseable {

    private final String stream;
    private final Relay relay;
    private final LiveReader reader;
    private final AtomicReference<@Nullable RelayStream> watched = new AtomicReference<>();
    private volatile boolean closed;

    LiveViewer(String stream, Relay relay, Wire wire, LiveFormat format) {
        this.stream = stream;
        this.relay = relay;
        this.reader = new LiveReader(wire, format, this::lost);
    }

    /// Says where things stand to a viewer that has just come.
    void start() {
        look();
        if (watched.get() == null) {
            reader.say(Json.text(new LiveText.Waiting(stream)));
        }
    }

    /// Joins the stream if it is there now and not joined yet; called again and again while the viewer waits.
    void look() {
        var found = relay.find(stream);
        if (found.isEmpty() || !watched.compareAndSet(null, found.get())) {
            return;
        }
        reader.begin();
        found.get().subscribe(reader);
        reader.caughtUp();
        if (closed) {
            found.get().unsubscribe(reader);
        }
    }

    @Override
    public void close() {
        closed = true;
        var stream = watched.get();
        if (stream != null) {
            stream.unsubscribe(reader);
        }
    }

    /// Pictures that this viewer was too slow for.
    long dropped() {
        return reader.dropped();
    }

    private void lost() {
        watched.set(null);
        reader.say(Json.text(new LiveText.Waiting(stream)));
    }
}
