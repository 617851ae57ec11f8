package dev.aerie.video;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Optional;

/// A bounded stock of pictures in native memory, lent and taken back: as many as `capacity` are alive at once.
///
/// Owns their memory. Any thread may take and give back. Closing frees what is here; what is lent is freed when it
/// comes back.
public final class PicturePool implements AutoCloseable {

    private final int capacity;

    @GuardedBy("this")
    private final ArrayDeque<PictureMemory> free = new ArrayDeque<>();

    @GuardedBy("this")
    private int lent;

    @GuardedBy("this")
    private long refusals;

    @GuardedBy("this")
    private boolean closed;

    /// - `capacity`: most pictures that may be alive at once, at least 1
    public PicturePool(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    /// A picture of that size with whatever it held before, held once by the caller; empty if all are lent.
    public synchronized Optional<PooledPicture> take(PictureSize size) {
        if (closed || lent == capacity) {
            refusals++;
            return Optional.empty();
        }
        var memory = free.pollFirst();
        if (memory != null && !memory.size().equals(size)) {
            memory.close();
            memory = null;
        }
        lent++;
        return Optional.of(new PooledPicture(this, memory == null ? new PictureMemory(size) : memory));
    }

    /// How many pictures are held by somebody.
    public synchronized int lentPictures() {
        return lent;
    }

    /// How often [#take] found none.
    public synchronized long refusals() {
        return refusals;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!free.isEmpty()) {
            free.removeFirst().close();
        }
    }

    synchronized void giveBack(PictureMemory memory) {
        lent--;
        if (closed) {
            memory.close();
        } else {
            free.addFirst(memory);
        }
    }
}
