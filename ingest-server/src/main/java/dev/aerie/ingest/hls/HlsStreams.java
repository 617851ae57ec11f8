package dev.aerie.ingest.hls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.limits.ByteBudget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The streams that somebody watches over HLS. Any thread; [#tick] is called once a second by one.
final class HlsStreams {

    /// Without a request for so long, a stream is cut no more.
    private static final Duration IDLE = Duration.ofSeconds(60);

    /// Three target durations, after which a player asks again.
    private static final Duration MAX_WAIT = Duration.ofSeconds(3L * HlsStream.TARGET_SECONDS);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Function<String, Optional<RelayStream>> relay;
    private final LongSupplier unixNanos;
    private final ByteBudget windows;

    @GuardedBy("this")
    private final Map<String, Watched> watched = new HashMap<>();

    private record Watched(HlsStream stream, long askedNanos) {}

    /// - `relay`: finds a live stream, in a codec that players decode
    /// - `unixNanos`: the clock's time
    /// - `windows`: what the segments of all streams may take
    HlsStreams(Function<String, Optional<RelayStream>> relay, LongSupplier unixNanos, ByteBudget windows) {
        this.relay = relay;
        this.unixNanos = unixNanos;
        this.windows = windows;
    }

    /// The stream as HLS, which begins with this call where it is live; empty where no stream of this name is known.
    Optional<HlsStream> find(String name, long nanoTime) {
        var live = relay.apply(name);
        HlsStream stream;
        synchronized (this) {
            var known = watched.get(name);
            if (known == null && live.isEmpty()) {
                return Optional.empty();
            }
            stream = known == null ? new HlsStream(unixNanos.getAsLong() / NANOS_PER_SECOND, windows) : known.stream;
            watched.put(name, new Watched(stream, nanoTime));
        }
        live.ifPresent(stream::join);
        return Optional.of(stream);
    }

    /// Joins streams that are live again, ends waits that took too long, and forgets what nobody asks for.
    ///
    /// - `nanoTime`: now
    void tick(long nanoTime) {
        for (Map.Entry<String, HlsStream> each : current(nanoTime).entrySet()) {
            relay.apply(each.getKey()).ifPresent(each.getValue()::join);
            each.getValue().giveUp(nanoTime - MAX_WAIT.toNanos());
        }
    }

    void close() {
        Map<String, HlsStream> all;
        synchronized (this) {
            all = new HashMap<>();
            watched.forEach((name, each) -> all.put(name, each.stream));
            watched.clear();
        }
        all.values().forEach(HlsStream::leave);
    }

    private Map<String, HlsStream> current(long nanoTime) {
        var left = new HashMap<String, HlsStream>();
        var kept = new HashMap<String, HlsStream>();
        synchronized (this) {
            for (Iterator<Map.Entry<String, Watched>> all = watched.entrySet().iterator(); all.hasNext(); ) {
                var each = all.next();
                boolean isIdle = nanoTime - each.getValue().askedNanos > IDLE.toNanos();
                (isIdle ? left : kept).put(each.getKey(), each.getValue().stream);
                if (isIdle) {
                    all.remove();
                }
            }
        }
        left.values().forEach(HlsStream::leave);
        return kept;
    }
}
