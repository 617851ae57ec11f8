package dev.aerie.benchmarks;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A few frames of a bright square that moves over a pattern, repeated: an endless video in fixed memory.
final class DrawnFrames {

    private static final int FRAMES = 24;
    private static final int BYTES_PER_PIXEL = 3;

    /// Side of the square and its step per frame, in frame widths.
    private static final double SQUARE = 0.14;
    private static final double STEP = 0.03;

    private static final long NANOS_PER_FRAME = 33_333_333;

    private final FrameSize size;
    private final List<ByteBuffer> frames = new ArrayList<>();

    DrawnFrames(FrameSize size) {
        this.size = size;
        for (int i = 0; i < FRAMES; i++) {
            frames.add(draw(i));
        }
    }

    FrameSize size() {
        return size;
    }

    VideoFrame at(long frameNumber) {
        var id = new FrameId("soak", "local-soak", frameNumber);
        var stamp = new FrameStamp(id, frameNumber * NANOS_PER_FRAME, CaptureClock.ARRIVAL);
        return HeapFrame.of(stamp, size, frames.get((int) (frameNumber % FRAMES)));
    }

    private ByteBuffer draw(int index) {
        var bgr = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * BYTES_PER_PIXEL);
        int side = (int) (SQUARE * size.widthPixels());
        int left = (int) (index * STEP * size.widthPixels());
        int top = size.heightPixels() / 3;
        for (int y = 0; y < size.heightPixels(); y++) {
            for (int x = 0; x < size.widthPixels(); x++) {
                boolean inside = x >= left && x < left + side && y >= top && y < top + side;
                int value = inside ? 230 : 40 + ((x ^ y) & 63);
                bgr.put((byte) value).put((byte) (value / 2)).put((byte) (255 - value));
            }
        }
        return bgr.flip();
    }
}
