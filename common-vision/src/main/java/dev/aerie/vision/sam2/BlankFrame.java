package dev.aerie.vision.sam2;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;

/// A black frame on plain memory, to run networks on before there are others.
record BlankFrame(FrameStamp stamp, FrameSize size, ByteBuffer bgr) implements VideoFrame {

    private static final int BYTES_PER_PIXEL = 3;

    static BlankFrame of(int sidePixels, long frameNumber) {
        var id = new FrameId("none", "local-none", frameNumber);
        return new BlankFrame(
                new FrameStamp(id, 0, CaptureClock.ARRIVAL),
                new FrameSize(sidePixels, sidePixels),
                ByteBuffer.allocateDirect(sidePixels * sidePixels * BYTES_PER_PIXEL));
    }

    @Override
    public int strideBytes() {
        return size.widthPixels() * BYTES_PER_PIXEL;
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
