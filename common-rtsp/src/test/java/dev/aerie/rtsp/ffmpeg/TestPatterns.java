package dev.aerie.rtsp.ffmpeg;

import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;

/// Frames that carry their number as ten black or white bars, readable after lossy coding.
final class TestPatterns {

    private static final int BITS = 10;

    private TestPatterns() {}

    /// Bars of `number`, most significant first, from left to right; rows without gaps.
    static ByteBuffer bgr(FrameSize size, int number) {
        var pixels = ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * 3);
        for (int y = 0; y < size.heightPixels(); y++) {
            for (int x = 0; x < size.widthPixels(); x++) {
                int bit = number >>> (BITS - 1 - x * BITS / size.widthPixels()) & 1;
                byte value = (byte) (bit == 1 ? 235 : 20);
                pixels.put(value).put(value).put(value);
            }
        }
        return pixels.flip();
    }

    /// The number that the bars say.
    static int numberIn(FrameSize size, ByteBuffer bgr, int strideBytes) {
        int number = 0;
        int row = size.heightPixels() / 2 * strideBytes;
        for (int bit = 0; bit < BITS; bit++) {
            int x = (2 * bit + 1) * size.widthPixels() / (2 * BITS);
            number = number << 1 | ((bgr.get(row + x * 3) & 0xff) > 128 ? 1 : 0);
        }
        return number;
    }
}
