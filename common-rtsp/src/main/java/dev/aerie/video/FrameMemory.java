package dev.aerie.video;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/// The pixels of one frame of a fixed size, outside the Java heap. Owned by a [FramePool].
final class FrameMemory implements AutoCloseable {

    /// Alignment of rows, for vector instructions.
    private static final int ALIGNMENT_BYTES = 32;

    private final FrameSize size;
    private final int strideBytes;
    private final Arena arena = Arena.ofShared();
    private final ByteBuffer pixels;

    FrameMemory(FrameSize size) {
        this.size = size;
        this.strideBytes = Math.ceilDiv(size.widthPixels() * 3, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        long bytes = (long) strideBytes * size.heightPixels();
        this.pixels = arena.allocate(bytes + FramePool.TAIL_BYTES, ALIGNMENT_BYTES)
                .asSlice(0, bytes)
                .asByteBuffer();
    }

    FrameSize size() {
        return size;
    }

    int strideBytes() {
        return strideBytes;
    }

    ByteBuffer pixels() {
        return pixels;
    }

    @Override
    public void close() {
        arena.close();
    }
}
