package dev.aerie.ingest.relay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.video.AccessUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One relayed stream: its readers and the access units since the last IDR picture.
///
/// One source publishes, any thread subscribes. Readers see every unit in order: the cached group first.
public final class RelayStream {

    private final String name;
    private final int maxCachedUnits;
    private final long maxCachedBytes;

    @GuardedBy("this")
    private final Set<RelayReader> readers = new LinkedHashSet<>();

    @GuardedBy("this")
    private final List<AccessUnit> group = new ArrayList<>();

    @GuardedBy("this")
    private long groupBytes;

    @GuardedBy("this")
    private boolean closed;

    RelayStream(String name, int maxCachedUnits, long maxCachedBytes) {
        this.name = name;
        this.maxCachedUnits = maxCachedUnits;
        this.maxCachedBytes = maxCachedBytes;
    }

    public String name() {
        return name;
    }

    /// Hands `unit` to every reader and keeps it while its group of pictures lasts.
    public synchronized void publish(AccessUnit unit) {
        if (closed) {
            return;
        }
        remember(unit);
        for (RelayReader reader : List.copyOf(readers)) {
            reader.accept(unit);
        }
    }

    /// Adds a reader and hands it the cached group at once.
    public synchronized void subscribe(RelayReader reader) {
        if (closed) {
            reader.ended();
            return;
        }
        group.forEach(reader::accept);
        readers.add(reader);
    }

    /// Removes a reader; it is called no more.
    public synchronized void unsubscribe(RelayReader reader) {
        readers.remove(reader);
    }

    public synchronized int readerCount() {
        return readers.size();
    }

    /// Access units since the last IDR picture, oldest first; empty before the first.
    public synchronized List<AccessUnit> cachedGroup() {
        return List.copyOf(group);
    }

    synchronized void close() {
        closed = true;
        for (RelayReader reader : List.copyOf(readers)) {
            reader.ended();
        }
        readers.clear();
        group.clear();
    }

    @GuardedBy("this")
    private void remember(AccessUnit unit) {
        if (unit.isIdr()) {
            group.clear();
            groupBytes = 0;
        } else if (group.isEmpty()) {
            return;
        }
        group.add(unit);
        groupBytes += unit.sizeBytes();
        if (group.size() > maxCachedUnits || groupBytes > maxCachedBytes) {
            group.clear();
        }
    }
}
