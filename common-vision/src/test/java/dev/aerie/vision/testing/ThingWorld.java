package dev.aerie.vision.testing;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Rectangles of one colour that move on grey by formula: frames with known truth.
public record ThingWorld(FrameSize size, List<Thing> things) {

    private static final long PERIOD_NANOS = 100_000_000;
    private static final byte GREY = 90;

    /// - `bgr`: its colour
    /// - `place`: where it is in a frame of this number; empty while it is hidden
    public record Thing(int bgr, LongFunction<Optional<Box>> place) {

        public static Thing still(int bgr, Box box) {
            return new Thing(bgr, _ -> Optional.of(box));
        }
    }

    public static final int RED = 0x0000e0;
    public static final int GREEN = 0x00e000;
    public static final int BLUE = 0xe00000;

    public static ThingWorld of(Thing... things) {
        return new ThingWorld(new FrameSize(320, 240), List.of(things));
    }

    /// The frame of this number, ten per second.
    public HeapFrame frame(String session, long frameNumber) {
        var pixels = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, GREY);
        }
        for (Thing thing : things) {
            thing.place().apply(frameNumber).ifPresent(box -> paint(pixels, box, thing.bgr()));
        }
        var stamp = new FrameStamp(
                new FrameId("drone", session, frameNumber),
                1_763_712_000_000_000_000L + frameNumber * PERIOD_NANOS,
                CaptureClock.SENDER);
        return ScriptedFrame.decodedNow(stamp, size, pixels);
    }

    private void paint(ByteBuffer pixels, Box box, int bgr) {
        for (int y = (int) box.topPixels(); y < box.bottomPixels(); y++) {
            for (int x = (int) box.leftPixels(); x < box.rightPixels(); x++) {
                int at = (y * size.widthPixels() + x) * 3;
                pixels.put(at, (byte) (bgr >> 16));
                pixels.put(at + 1, (byte) (bgr >> 8));
                pixels.put(at + 2, (byte) bgr);
            }
        }
    }
}
