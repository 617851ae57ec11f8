package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.limits.ByteBudget;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A queue of received access units, bounded in bytes, alone and together with those of all streams. The writer empties
/// it a few times per second, so that no
/// thread wakes up for each frame.
///
/// When the queue is full, because the disk is away or too slow, units are refused until half of it is free, and then
/// until the next IDR frame: all accepted units can be decoded.
final class UnitQueue implements AutoCloseable {

    private final long maxBytes;
    private final ByteBudget budget;

    @GuardedBy("this")
    private List<AccessUnit> units = new ArrayList<>();

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean refusing;

    @GuardedBy("this")
    private long refused;

    @GuardedBy("this")
    private boolean closed;

    /// - `budget`: of the queues of all streams
    UnitQueue(long maxBytes, ByteBudget budget) {
        this.budget = budget;
        this.maxBytes = maxBytes;
    }

    /// The units of one call of the writer.
    ///
    /// - `last`: whether no more units will follow
    record Batch(List<AccessUnit> units, boolean last) {}

    /// Accepts the unit, or refuses and counts it; never waits.
    synchronized void put(AccessUnit unit) {
        boolean resumes = unit.isIdr() && bytes <= maxBytes / 2;
        if (closed || (refusing && !resumes) || bytes + unit.sizeBytes() > maxBytes || !budget.take(unit.sizeBytes())) {
            refusing = true;
            refused++;
            return;
        }
        refusing = false;
        units.add(unit);
        bytes += unit.sizeBytes();
        if (isUrgent()) {
            notifyAll();
        }
    }

    /// All units after `gather`, or sooner if there are many or the queue was closed; possibly none.
    synchronized Batch take(Duration gather) throws InterruptedException {
        long end = System.nanoTime() + gather.toNanos();
        for (long left = gather.toNanos(); left > 0 && !closed && !isUrgent(); left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        var batch = new Batch(units, closed);
        units = new ArrayList<>();
        budget.give(bytes);
        bytes = 0;
        return batch;
    }

    synchronized long bytes() {
        return bytes;
    }

    /// Units refused since the start.
    synchronized long refused() {
        return refused;
    }

    /// Accepts no more units; those in the queue are still returned.
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /// Gives up what is still in the queue.
    synchronized void discard() {
        units = new ArrayList<>();
        budget.give(bytes);
        bytes = 0;
    }

    @GuardedBy("this")
    private boolean isUrgent() {
        return bytes > maxBytes / 8;
    }
}
