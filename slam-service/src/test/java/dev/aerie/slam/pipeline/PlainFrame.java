package dev.aerie.slam.pipeline;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;

/// Makes frames of one session.
final class PlainFrame {

    static final String SESSION = "01K9JXW0Z3T4V5W6X7Y8Z9ABCD";

    private PlainFrame() {}

    static HeapFrame of(long frameNumber, long captureTimeNanos, FrameSize size, int blue, int green, int red) {
        var pixels = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        for (int i = 0; i < pixels.capacity(); i += 3) {
            pixels.put(i, (byte) blue).put(i + 1, (byte) green).put(i + 2, (byte) red);
        }
        return of(frameNumber, captureTimeNanos, size, pixels);
    }

    /// - `bgr`: without gaps
    static HeapFrame of(long frameNumber, long captureTimeNanos, FrameSize size, ByteBuffer bgr) {
        var id = new FrameId("drone", SESSION, frameNumber);
        return HeapFrame.of(new FrameStamp(id, captureTimeNanos, CaptureClock.SENDER), size, bgr);
    }
}
