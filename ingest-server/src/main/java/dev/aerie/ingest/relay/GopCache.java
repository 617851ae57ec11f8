package dev.aerie.ingest.relay;

import dev.aerie.limits.ByteBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The latest group of pictures (GOP) of a stream: its units from an IDR frame on, where a reader can start.
///
/// A group that exceeds its bounds, or the bytes that are left for all streams, is removed whole; the next one begins
/// at the next IDR frame. Not thread-safe.
public final class GopCache<T> {

    public static final int MAX_UNITS = 900;
    public static final long MAX_BYTES = 64L << 20;

    private final int maxUnits;
    private final long maxBytes;
    private final ByteBudget budget;
    private final Consumer<T> onRemove;
    private final List<T> units = new ArrayList<>();
    private long bytes;

    /// - `budget`: of the caches of all streams
    /// - `onRemove`: called for each unit that leaves
    public GopCache(int maxUnits, long maxBytes, ByteBudget budget, Consumer<T> onRemove) {
        this.maxUnits = maxUnits;
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.onRemove = onRemove;
    }

    /// Adds the next unit of the stream; an IDR frame begins a new group. Returns false where there is no group to add
    /// it to.
    public boolean add(T unit, boolean idr, long unitBytes) {
        if (idr) {
            clear();
        } else if (units.isEmpty()) {
            return false;
        }
        units.add(unit);
        if (!budget.take(unitBytes)) {
            clear();
            return true;
        }
        bytes += unitBytes;
        if (units.size() > maxUnits || bytes > maxBytes) {
            clear();
        }
        return true;
    }

    /// Oldest first; empty before the first IDR frame.
    public List<T> units() {
        return List.copyOf(units);
    }

    public void clear() {
        units.forEach(onRemove);
        units.clear();
        budget.give(bytes);
        bytes = 0;
    }
}
