package dev.aerie.ingest.relay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One relayed stream: its readers and the access units since the last IDR frame.
///
/// One source publishes, any thread subscribes. Readers see every unit in order: the cached group first. Every
/// callback runs under this stream's lock, which is what keeps that order; a reader therefore only queues the unit.
/// A reader that throws is removed; the others are not affected.
public final class RelayStream {

    private static final Logger LOG = LoggerFactory.getLogger(RelayStream.class);

    private final String name;

    @GuardedBy("this")
    private final Set<RelayReader> readers = new LinkedHashSet<>();

    @GuardedBy("this")
    private final GopCache<AccessUnit> group;

    @GuardedBy("this")
    private final RateMeter rate = new RateMeter(System.nanoTime());

    @GuardedBy("this")
    private long units;

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private long lastUnitNanos = System.nanoTime();

    @GuardedBy("this")
    private @Nullable VideoCodec codec;

    @GuardedBy("this")
    private boolean closed;

    RelayStream(String name, int maxCachedUnits, long maxCachedBytes, ByteBudget cached) {
        this.name = name;
        this.group = new GopCache<>(maxCachedUnits, maxCachedBytes, cached, _ -> {});
    }

    public String name() {
        return name;
    }

    /// Passes `unit` to every reader and caches it until the next IDR frame.
    public synchronized void publish(AccessUnit unit) {
        if (closed) {
            return;
        }
        count(unit);
        codec = unit.codec();
        group.add(unit, unit.isIdr(), unit.sizeBytes());
        for (RelayReader reader : List.copyOf(readers)) {
            if (readers.contains(reader)) {
                handOver(reader, unit);
            }
        }
    }

    /// Adds a reader and hands it the cached group at once; a second call for the same reader does nothing.
    public synchronized void subscribe(RelayReader reader) {
        if (closed) {
            reader.ended();
        } else if (readers.add(reader)) {
            for (AccessUnit unit : group.units()) {
                if (readers.contains(reader)) {
                    handOver(reader, unit);
                }
            }
        }
    }

    /// Removes a reader; when this returns it is called no more.
    public synchronized void unsubscribe(RelayReader reader) {
        readers.remove(reader);
    }

    public synchronized int readerCount() {
        return readers.size();
    }

    /// Access units since the last IDR frame, oldest first; empty before the first.
    public synchronized List<AccessUnit> cachedGroup() {
        return group.units();
    }

    /// Whether its publisher has gone; it will not come back, a new publication is a new stream.
    public synchronized boolean isClosed() {
        return closed;
    }

    public synchronized RelayStreamStats stats() {
        long now = System.nanoTime();
        return new RelayStreamStats(
                units, bytes, rate.unitsPerSecond(now), rate.bitsPerSecond(now), readers.size(), now - lastUnitNanos);
    }

    /// The codec of its latest unit; empty before the first.
    public synchronized Optional<VideoCodec> codec() {
        return Optional.ofNullable(codec);
    }

    /// Ends it for all its readers; only for one that is not listed ([Relay#unlisted]).
    public synchronized void close() {
        closed = true;
        for (RelayReader reader : List.copyOf(readers)) {
            try {
                reader.ended();
            } catch (RuntimeException | Error e) {
                LOG.error("relay reader failed stream={} at=end", name, e);
            }
        }
        readers.clear();
        group.clear();
    }

    @GuardedBy("this")
    private void handOver(RelayReader reader, AccessUnit unit) {
        try {
            reader.accept(unit);
        } catch (RuntimeException | Error e) {
            readers.remove(reader);
            LOG.error("relay reader failed stream={}", name, e);
        }
    }

    @GuardedBy("this")
    private void count(AccessUnit unit) {
        lastUnitNanos = System.nanoTime();
        units++;
        bytes += unit.sizeBytes();
        rate.add(unit.sizeBytes(), lastUnitNanos);
    }
}
