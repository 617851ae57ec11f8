package dev.aerie.vision.sam2;

import dev.aerie.video.FrameSize;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.mask.BinaryMask;
import java.nio.ByteBuffer;

/// The scenes of `deploy/models/sam2/scenes.py`, drawn in whole numbers so that it is the same here.
record GoldenScene(FrameSize size) {

    GoldenScene(int side) {
        this(new FrameSize(side, side));
    }

    private static final Disc[] DISCS = {
        new Disc(new int[] {230, 60, 40}, 14, 18, 1, 1, 9),
        new Disc(new int[] {40, 200, 90}, 44, 20, -1, 1, 11),
        new Disc(new int[] {50, 80, 220}, 30, 46, 1, -1, 7),
    };

    /// Colour blue, green, red; centre and way in 64ths of the width and height, radius in 64ths of the height.
    @SuppressWarnings("ArrayRecordComponent") // a table, never compared
    private record Disc(int[] colour, int cx, int cy, int dx, int dy, int radius) {

        boolean covers(int x, int y, int time, FrameSize size) {
            int across = x - (cx + dx * time) * size.widthPixels() / 64;
            int down = y - (cy + dy * time) * size.heightPixels() / 64;
            int reach = radius * size.heightPixels() / 64;
            return across * across + down * down < reach * reach;
        }
    }

    HeapFrame frame(int time, boolean dark) {
        return frame(time, time, dark);
    }

    /// As at `time`, with a frame number of its own.
    HeapFrame frame(int time, long frameNumber, boolean dark) {
        var frame = TestFrame.black("golden", frameNumber, size.widthPixels(), size.heightPixels());
        if (!dark) {
            ByteBuffer bgr = frame.bgr();
            for (int y = 0; y < size.heightPixels(); y++) {
                for (int x = 0; x < size.widthPixels(); x++) {
                    draw(bgr, x, y, time);
                }
            }
        }
        return frame;
    }

    BinaryMask mask(int time, int disc) {
        return BinaryMask.of(size, (x, y) -> DISCS[disc].covers(x, y, time, size));
    }

    private void draw(ByteBuffer bgr, int x, int y, int time) {
        int width = size.widthPixels();
        int board = ((x + 3 * time) * 32 / width + y * 24 / size.heightPixels()) % 2;
        for (int channel = 0; channel < 3; channel++) {
            int value = 50 + 20 * channel + 60 * board + x * 40 / width;
            for (Disc disc : DISCS) {
                if (disc.covers(x, y, time, size)) {
                    value = disc.colour[channel] - (((x ^ y) >> 2) & 31);
                }
            }
            bgr.put((y * width + x) * 3 + channel, (byte) value);
        }
    }
}
