package dev.aerie.vision.sam2;

import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.nio.ByteBuffer;

/// The scene of `deploy/models/sam2/golden.py`, drawn in whole numbers so that it is the same here.
record GoldenScene(int side) {

    private static final Disc[] DISCS = {
        new Disc(new int[] {230, 60, 40}, 14, 18, 1, 1, 9),
        new Disc(new int[] {40, 200, 90}, 44, 20, -1, 1, 11),
        new Disc(new int[] {50, 80, 220}, 30, 46, 1, -1, 7),
    };

    /// Colour blue, green, red; centre, way and radius in 64ths of the side.
    @SuppressWarnings("ArrayRecordComponent") // a table, never compared
    private record Disc(int[] colour, int cx, int cy, int dx, int dy, int radius) {

        boolean covers(int x, int y, int time, int side) {
            int across = x - (cx + dx * time) * side / 64;
            int down = y - (cy + dy * time) * side / 64;
            int reach = radius * side / 64;
            return across * across + down * down < reach * reach;
        }
    }

    HeapFrame frame(int time, boolean dark) {
        return frame(time, time, dark);
    }

    /// As at `time`, with a frame number of its own.
    HeapFrame frame(int time, long frameNumber, boolean dark) {
        var frame = TestFrame.black("golden", frameNumber, side, side);
        if (!dark) {
            ByteBuffer bgr = frame.bgr();
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    draw(bgr, x, y, time);
                }
            }
        }
        return frame;
    }

    BinaryMask mask(int time, int disc) {
        return BinaryMask.of(new FrameSize(side, side), (x, y) -> DISCS[disc].covers(x, y, time, side));
    }

    private void draw(ByteBuffer bgr, int x, int y, int time) {
        int board = ((x + 3 * time) * 32 / side + y * 24 / side) % 2;
        for (int channel = 0; channel < 3; channel++) {
            int value = 50 + 20 * channel + 60 * board + x * 40 / side;
            for (Disc disc : DISCS) {
                if (disc.covers(x, y, time, side)) {
                    value = disc.colour[channel] - (((x ^ y) >> 2) & 31);
                }
            }
            bgr.put((y * side + x) * 3 + channel, (byte) value);
        }
    }
}
