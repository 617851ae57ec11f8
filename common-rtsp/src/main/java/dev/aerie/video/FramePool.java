package dev.aerie.video;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Optional;

/// A bounded pool of frames in native memory: at most `capacity` are lent at once.
///
/// Owns their memory. Any thread may take and release. Closing frees the free frames; lent ones are freed on
/// release.
public final class FramePool implements AutoCloseable {

    /// Memory after a frame's last row that belongs to it: FFmpeg's conversion of colours writes whole vectors, and so
    /// past the end of a row whose width they do not divide.
    public static final int TAIL_BYTES = 256;

    private final int capacity;

    @GuardedBy("this")
    private final ArrayDeque<FrameMemory> free = new ArrayDeque<>();

    @GuardedBy("this")
    private int lent;

    @GuardedBy("this")
    private long refusals;

    @GuardedBy("this")
    private boolean closed;

    /// - `capacity`: maximum number of frames lent at once, at least 1
    public FramePool(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    /// A frame of that size with undefined content and one holder, the caller; empty if all are lent.
    public synchronized Optional<PooledFrame> take(FrameSize size) {
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
        return Optional.of(new PooledFrame(this, memory == null ? new FrameMemory(size) : memory));
    }

    /// Number of lent frames.
    public synchronized int lentFrames() {
        return lent;
    }

    /// How often [#take] returned empty.
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

    synchronized void returnMemory(FrameMemory memory) {
        lent--;
        if (closed) {
            memory.close();
        } else {
            free.addFirst(memory);
        }
    }
}
