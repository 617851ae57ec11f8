package dev.aerie.cli.bench;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A few pictures of a bright square that wanders over a pattern, shown over and over: a video without end in fixed
/// memory.
final class DrawnPictures {

    private static final PictureSize SIZE = new PictureSize(640, 360);
    private static final int PICTURES = 24;
    private static final int BYTES_PER_PIXEL = 3;
    private static final int SQUARE_PIXELS = 90;
    private static final int STEP_PIXELS = 20;
    private static final long NANOS_PER_PICTURE = 33_333_333;

    private final List<ByteBuffer> pictures = new ArrayList<>();

    DrawnPictures() {
        for (int i = 0; i < PICTURES; i++) {
            pictures.add(draw(i));
        }
    }

    PictureSize size() {
        return SIZE;
    }

    VideoFrame at(long frameNumber) {
        var id = new FrameId("soak", "local-soak", frameNumber);
        var stamp = new FrameStamp(id, frameNumber * NANOS_PER_PICTURE, CaptureClock.ARRIVAL);
        return new Picture(stamp, pictures.get((int) (frameNumber % PICTURES)));
    }

    private static ByteBuffer draw(int index) {
        var bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * BYTES_PER_PIXEL);
        int left = index * STEP_PIXELS;
        int top = SIZE.heightPixels() / 3;
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < SIZE.widthPixels(); x++) {
                boolean inside = x >= left && x < left + SQUARE_PIXELS && y >= top && y < top + SQUARE_PIXELS;
                int value = inside ? 230 : 40 + ((x ^ y) & 63);
                bgr.put((byte) value).put((byte) (value / 2)).put((byte) (255 - value));
            }
        }
        return bgr.flip();
    }

    private record Picture(FrameStamp stamp, ByteBuffer bgr) implements VideoFrame {

        @Override
        public PictureSize size() {
            return SIZE;
        }

        @Override
        public int strideBytes() {
            return SIZE.widthPixels() * BYTES_PER_PIXEL;
        }

        @Override
        public long decodeNanos() {
            return 0;
        }

        @Override
        public long decodedAtNanos() {
            return stamp.captureTimeNanos();
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}
    }
}
