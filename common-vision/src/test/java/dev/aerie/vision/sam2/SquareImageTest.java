package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SquareImageTest {

    private static final int SIDE = 64;
    private static final int CHANNELS = 3;

    /// What rounding to 8 bits makes of a level.
    private static final float ROUNDING = 0.502f;

    @ParameterizedTest
    @CsvSource({"160,90,0", "40,30,0", "64,64,0", "213,121,11"})
    void of_anyFrame_isAntialiasedWithinTheRounding(int width, int height, int paddingBytes) {
        HeapFrame frame = noise(new FrameSize(width, height), paddingBytes);
        try (var square = new SquareImage(SIDE)) {
            for (int again = 0; again < 2; again++) {
                try (var pixels = square.of(frame)) {
                    assertThat(pixels.spec().shape().dimensions()).containsExactly(1L, 64L, 64L, 3L);
                    assertAlike(frame, pixels.bytes());
                }
            }
        }
    }

    private static void assertAlike(HeapFrame frame, ByteBuffer pixels) {
        int width = frame.size().widthPixels();
        int height = frame.size().heightPixels();
        for (int channel = 0; channel < CHANNELS; channel++) {
            var plane = new float[width * height];
            for (int i = 0; i < plane.length; i++) {
                int at = i / width * frame.strideBytes() + CHANNELS * (i % width) + channel;
                plane[i] = frame.bgr().get(at) & 0xFF;
            }
            float[] expected = new AntialiasedResize(width, height, SIDE, SIDE).apply(plane);
            for (int i = 0; i < expected.length; i++) {
                float found = pixels.get(CHANNELS * i + channel) & 0xFF;
                assertThat(found).as("channel %d, %d", channel, i).isCloseTo(expected[i], within(ROUNDING));
            }
        }
    }

    private static HeapFrame noise(FrameSize size, int paddingBytes) {
        int stride = CHANNELS * size.widthPixels() + paddingBytes;
        var bytes = new byte[stride * size.heightPixels()];
        new SplittableRandom(1).nextBytes(bytes);
        var stamp = new FrameStamp(new FrameId("test", "s", 0), 1, CaptureClock.SENDER);
        return new HeapFrame(
                stamp, size, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), stride, 0, 0);
    }
}
