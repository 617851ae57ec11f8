package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A frame from a [FramePool]; its producer fills [#bgr], calls [#describe] and passes it on.
public final class PooledFrame implements VideoFrame {

    private final FramePool pool;
    private final FrameMemory memory;
    private final AtomicInteger holders = new AtomicInteger(1);
    private @Nullable FrameStamp stamp;
    private long decodeNanos;
    private long decodedAtNanos;

    PooledFrame(FramePool pool, FrameMemory memory) {
        this.pool = pool;
        this.memory = memory;
    }

    /// Sets identity and times; called before the frame is passed on.
    public void describe(FrameStamp stamp, long decodeNanos, long decodedAtNanos) {
        this.stamp = stamp;
        this.decodeNanos = decodeNanos;
        this.decodedAtNanos = decodedAtNanos;
    }

    @Override
    public FrameStamp stamp() {
        var described = stamp;
        if (described == null) {
            throw new IllegalStateException("frame was not described yet");
        }
        return described;
    }

    @Override
    public FrameSize size() {
        return memory.size();
    }

    @Override
    public ByteBuffer bgr() {
        if (holders.get() <= 0) {
            throw new IllegalStateException("frame was released");
        }
        return memory.pixels().duplicate();
    }

    @Override
    public int strideBytes() {
        return memory.strideBytes();
    }

    @Override
    public long decodeNanos() {
        return decodeNanos;
    }

    @Override
    public long decodedAtNanos() {
        return decodedAtNanos;
    }

    @Override
    public void retain() {
        int before = holders.getAndUpdate(count -> count <= 0 ? count : count + 1);
        if (before <= 0) {
            throw new IllegalStateException("frame was released");
        }
    }

    @Override
    public void release() {
        int after = holders.decrementAndGet();
        if (after < 0) {
            throw new IllegalStateException("frame was released already");
        }
        if (after == 0) {
            pool.returnMemory(memory);
        }
    }
}
