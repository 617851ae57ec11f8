package dev.aerie.ingest.relay;

import dev.aerie.limits.ByteBudget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Every stream that is being relayed now, by name.
public final class Relay {

    private final ConcurrentHashMap<String, RelayStream> streams = new ConcurrentHashMap<>();
    private final ByteBudget cached;

    public Relay() {
        this(ByteBudget.ofProcess());
    }

    /// - `cached`: what the cached groups of all streams may take
    Relay(ByteBudget cached) {
        this.cached = cached;
    }

    /// Starts relaying a stream; throws [IllegalStateException] if one of that name is relayed already.
    public RelayStream open(String name) {
        var stream = new RelayStream(name, GopCache.MAX_UNITS, GopCache.MAX_BYTES, cached);
        if (streams.putIfAbsent(name, stream) != null) {
            throw new IllegalStateException("stream " + name + " is being published already");
        }
        return stream;
    }

    /// A stream that [#find] does not find, for those who are given it; whoever asked for it closes it.
    public RelayStream unlisted(String name) {
        return new RelayStream(name, GopCache.MAX_UNITS, GopCache.MAX_BYTES, cached);
    }

    /// Ends a stream for all its readers.
    public void close(RelayStream stream) {
        if (streams.remove(stream.name(), stream)) {
            stream.close();
        }
    }

    public Optional<RelayStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    public Collection<RelayStream> streams() {
        return List.copyOf(streams.values());
    }
}
