package dev.aerie.ingest.source;

import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.Locale;

/// The test pattern: eight colour bars, a white bar that moves through them, and the frame's number in the middle.
/// Owns its buffer; one thread.
final class TestCard {

    /// White, yellow, cyan, green, magenta, red, blue, black as 0xRRGGBB at 75 % (SMPTE EG 1's order).
    private static final int[] BARS = {0xbfbfbf, 0xbfbf00, 0x00bfbf, 0x00bf00, 0xbf00bf, 0xbf0000, 0x0000bf, 0x101010};

    /// Digits of 3 × 5 dots, a row in each octal digit, from the top.
    private static final int[] DIGITS = {075557, 026227, 071747, 071717, 055711, 074717, 074757, 071111, 075757, 075717
    };

    private static final int WHITE = 0xffffff;
    private static final int PIXELS_PER_FRAME = 4;

    private final FrameSize size;
    private final byte[] bars;
    private final ByteBuffer bgr;

    TestCard(FrameSize size) {
        this.size = size;
        this.bars = new byte[strideBytes()];
        this.bgr = ByteBuffer.allocateDirect(strideBytes() * size.heightPixels());
        for (int x = 0; x < size.widthPixels(); x++) {
            int colour = BARS[x * BARS.length / size.widthPixels()];
            bars[3 * x] = (byte) colour;
            bars[3 * x + 1] = (byte) (colour >> 8);
            bars[3 * x + 2] = (byte) (colour >> 16);
        }
    }

    /// Blue, green, red, position 0; lent until the next [#draw].
    ByteBuffer bgr() {
        return bgr;
    }

    int strideBytes() {
        return size.widthPixels() * 3;
    }

    void draw(long frame) {
        for (int y = 0; y < size.heightPixels(); y++) {
            bgr.put(y * strideBytes(), bars);
        }
        int width = size.widthPixels() / 16;
        int left = (int) (frame * PIXELS_PER_FRAME % (size.widthPixels() - width));
        fill(left, 0, width, size.heightPixels() / 4, WHITE);
        drawNumber(String.format(Locale.ROOT, "%08d", frame % 100_000_000));
    }

    private void drawNumber(String digits) {
        int dot = Math.max(1, size.widthPixels() / (4 * digits.length() + 8));
        int left = (size.widthPixels() - dot * 4 * digits.length()) / 2;
        int top = size.heightPixels() / 2;
        fill(left - dot, top - dot, dot * (4 * digits.length() + 1), dot * 7, 0);
        for (int i = 0; i < digits.length(); i++) {
            drawDigit(DIGITS[digits.charAt(i) - '0'], left + i * 4 * dot, top, dot);
        }
    }

    private void drawDigit(int dots, int left, int top, int dot) {
        for (int row = 0; row < 5; row++) {
            int bits = dots >> (3 * (4 - row));
            for (int column = 0; column < 3; column++) {
                if (((bits >> (2 - column)) & 1) != 0) {
                    fill(left + column * dot, top + row * dot, dot, dot, WHITE);
                }
            }
        }
    }

    /// A rectangle, cut off at the frame's edges.
    private void fill(int left, int top, int width, int height, int colour) {
        for (int y = Math.max(0, top); y < Math.min(size.heightPixels(), top + height); y++) {
            for (int x = Math.max(0, left); x < Math.min(size.widthPixels(), left + width); x++) {
                int at = y * strideBytes() + 3 * x;
                bgr.put(at, (byte) colour);
                bgr.put(at + 1, (byte) (colour >> 8));
                bgr.put(at + 2, (byte) (colour >> 16));
            }
        }
    }
}
