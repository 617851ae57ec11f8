package dev.aerie.slam.pipeline;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;

/// A frame that nobody has to give back.
record PlainFrame(FrameStamp stamp, FrameSize size, ByteBuffer bgr) implements VideoFrame {

    static final String SESSION = "01K9JXW0Z3T4V5W6X7Y8Z9ABCD";

    static PlainFrame of(long frameNumber, long captureTimeNanos, FrameSize size, int blue, int green, int red) {
        var pixels = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        for (int i = 0; i < pixels.capacity(); i += 3) {
            pixels.put(i, (byte) blue).put(i + 1, (byte) green).put(i + 2, (byte) red);
        }
        return of(frameNumber, captureTimeNanos, size, pixels);
    }

    /// - `bgr`: without gaps
    static PlainFrame of(long frameNumber, long captureTimeNanos, FrameSize size, ByteBuffer bgr) {
        var id = new FrameId("drone", SESSION, frameNumber);
        return new PlainFrame(new FrameStamp(id, captureTimeNanos, CaptureClock.SENDER), size, bgr);
    }

    @Override
    public int strideBytes() {
        return size.widthPixels() * 3;
    }

    @Override
    public long decodeNanos() {
        return 0;
    }

    @Override
    public long decodedAtNanos() {
        return 0;
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
