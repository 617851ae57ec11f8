package dev.aerie.frames.tracker;

import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;

/// A copy of a frame, in memory of its own that does not go back to any pool.
///
/// - `decodeNanos`, `decodedAtNanos`: the original's
record FrameCopy(
        FrameStamp stamp, FrameSize size, ByteBuffer bgr, int strideBytes, long decodeNanos, long decodedAtNanos)
        implements VideoFrame {

    private static final int CHANNELS = 3;

    /// A copy of `frame`, into `memory` where that is large enough, else into new memory.
    static FrameCopy of(VideoFrame frame, ByteBuffer memory) {
        int rowBytes = frame.size().widthPixels() * CHANNELS;
        int height = frame.size().heightPixels();
        var pixels = memory.capacity() >= rowBytes * height ? memory : ByteBuffer.allocateDirect(rowBytes * height);
        for (int row = 0; row < height; row++) {
            pixels.put(row * rowBytes, frame.bgr(), row * frame.strideBytes(), rowBytes);
        }
        return new FrameCopy(
                frame.stamp(), frame.size(), pixels, rowBytes, frame.decodeNanos(), frame.decodedAtNanos());
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
