package dev.aerie.vision.testing;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;

/// Draws frames of a script: constant noise, on which one bright square moves with the frame number.
public final class ScriptedFrame {

    private static final FrameSize SIZE = new FrameSize(320, 240);
    private static final int SQUARE_PIXELS = 40;
    private static final long PERIOD_NANOS = 33_333_333;

    private ScriptedFrame() {}

    /// Frame `frameNumber` of a stream's session, captured at 30 per second.
    public static HeapFrame of(String stream, String session, long frameNumber) {
        var stamp = new FrameStamp(
                new FrameId(stream, session, frameNumber),
                1_763_712_000_000_000_000L + frameNumber * PERIOD_NANOS,
                CaptureClock.SENDER);
        return decodedNow(stamp, SIZE, draw((int) (frameNumber * 4 % 260)));
    }

    /// A frame over `bgr` that was decoded in 2 ms, just now.
    public static HeapFrame decodedNow(FrameStamp stamp, FrameSize size, ByteBuffer bgr) {
        return new HeapFrame(stamp, size, bgr, size.widthPixels() * 3, 2_000_000, System.nanoTime());
    }

    private static ByteBuffer draw(int squareLeftPixels) {
        int bytes = SIZE.widthPixels() * SIZE.heightPixels() * 3;
        var pixels = ByteBuffer.allocateDirect(bytes);
        for (int i = 0; i < bytes; i++) {
            pixels.put(i, (byte) (60 + ((i * 2_654_435_761L) >>> 20) % 40));
        }
        for (int row = 100; row < 100 + SQUARE_PIXELS; row++) {
            for (int column = squareLeftPixels; column < squareLeftPixels + SQUARE_PIXELS; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    pixels.put((row * SIZE.widthPixels() + column) * 3 + channel, (byte) 230);
                }
            }
        }
        return pixels;
    }
}
