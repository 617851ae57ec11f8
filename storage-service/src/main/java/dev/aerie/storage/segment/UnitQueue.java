package dev.aerie.storage.segment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.video.AccessUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What has been received and not yet written, bounded in bytes. The writer comes by a few times a second and takes all
/// of it, so no thread wakes up for each frame.
///
/// Where it is full, for the disk is away or too slow, units are refused until half of it is free again, and from there
/// until an IDR frame: what was taken can be decoded.
final class UnitQueue implements AutoCloseable {

    private final long maxBytes;

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

    UnitQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// What was taken at once.
    ///
    /// - `last`: nothing will follow
    record Batch(List<AccessUnit> units, boolean last) {}

    /// Takes the unit, or refuses and counts it; never waits.
    synchronized void put(AccessUnit unit) {
        boolean resumes = unit.isIdr() && bytes <= maxBytes / 2;
        if (closed || (refusing && !resumes) || bytes + unit.sizeBytes() > maxBytes) {
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

    /// Everything there is after `gather`, sooner where there is much or it was closed; possibly nothing.
    synchronized Batch take(Duration gather) throws InterruptedException {
        long end = System.nanoTime() + gather.toNanos();
        for (long left = gather.toNanos(); left > 0 && !closed && !isUrgent(); left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        var batch = new Batch(units, closed);
        units = new ArrayList<>();
        bytes = 0;
        return batch;
    }

    synchronized long bytes() {
        return bytes;
    }

    /// Units not taken since the start.
    synchronized long refused() {
        return refused;
    }

    /// What is there is still handed out; nothing is taken any more.
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    @GuardedBy("this")
    private boolean isUrgent() {
        return bytes > maxBytes / 8;
    }
}
