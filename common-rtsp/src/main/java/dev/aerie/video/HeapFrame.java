package dev.aerie.video;

import java.nio.ByteBuffer;

/// A frame outside any pool, for copies, drawn and blank frames: freed by the garbage collector, so that [#retain]
/// and [#release] do nothing.
///
/// - `bgr`, `strideBytes`: see [VideoFrame]
/// - `decodeNanos`, `decodedAtNanos`: 0 where nothing was decoded
public record HeapFrame(
        FrameStamp stamp, FrameSize size, ByteBuffer bgr, int strideBytes, long decodeNanos, long decodedAtNanos)
        implements VideoFrame {

    private static final int BYTES_PER_PIXEL = 3;

    /// A frame over `bgr`, whose rows have no gaps between them.
    public static HeapFrame of(FrameStamp stamp, FrameSize size, ByteBuffer bgr) {
        return new HeapFrame(stamp, size, bgr, size.widthPixels() * BYTES_PER_PIXEL, 0, 0);
    }

    /// A black frame.
    public static HeapFrame black(FrameStamp stamp, FrameSize size) {
        return of(stamp, size, ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * BYTES_PER_PIXEL));
    }

    /// A copy of `frame`, into `memory` where that is large enough, else into new memory.
    public static HeapFrame copyOf(VideoFrame frame, ByteBuffer memory) {
        int rowBytes = frame.size().widthPixels() * BYTES_PER_PIXEL;
        int height = frame.size().heightPixels();
        var pixels = memory.capacity() >= rowBytes * height ? memory : ByteBuffer.allocateDirect(rowBytes * height);
        for (int row = 0; row < height; row++) {
            pixels.put(row * rowBytes, frame.bgr(), row * frame.strideBytes(), rowBytes);
        }
        return new HeapFrame(
                frame.stamp(), frame.size(), pixels, rowBytes, frame.decodeNanos(), frame.decodedAtNanos());
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
