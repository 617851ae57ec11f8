package dev.aerie.ingest.relay;

import dev.aerie.limits.ByteBudget;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Every stream that is being relayed now, by name.
public final class Relay {

    private final ConcurrentHashMap<String, RelayStream> streams = new ConcurrentHashMap<>();
    private final ByteBudget cached;
    private volatile Predicate<String> whenMissing = _ -> false;

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

    /// For who wants to read it: one that is not there is asked for ([#whenMissing]).
    public Optional<RelayStream> find(String name) {
        var found = published(name);
        if (found.isEmpty()) {
            boolean _ = whenMissing.test(name);
        }
        return found;
    }

    /// For who only looks.
    public Optional<RelayStream> published(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /// Whether a stream that is not there may come because it is asked for; a reader waits for it a little then.
    public boolean mayCome(String name) {
        return published(name).isEmpty() && whenMissing.test(name);
    }

    /// From now on, `ask` is told the name of each stream that a reader does not find, and returns whether it may come
    /// for that. It must not block.
    public void whenMissing(Predicate<String> ask) {
        whenMissing = ask;
    }

    public Collection<RelayStream> streams() {
        return List.copyOf(streams.values());
    }
}
