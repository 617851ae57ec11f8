package dev.aerie.cli.bench;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.PictureSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Ten seconds of 1280×720 at 30 pictures a second and about 3 Mbit/s that can be sent round and round: the view of a
/// camera that drifts along a textured wall.
record Clip(List<AccessUnit> units) {

    static final int PICTURES_PER_SECOND = 30;

    private static final PictureSize SIZE = new PictureSize(1280, 720);
    private static final int PICTURES = 10 * PICTURES_PER_SECOND;
    private static final int BITS_PER_SECOND = 3_300_000;
    private static final int TICKS_PER_PICTURE = 90_000 / PICTURES_PER_SECOND;
    private static final int DRIFT_PIXELS = 2;
    private static final int WALL_PIXELS = SIZE.widthPixels() + PICTURES * DRIFT_PIXELS;
    private static final int BLOCK_PIXELS = 8;
    private static final int BGR = 3;

    /// - `picturesPerIdr`: distance between IDR pictures; divides 300
    static Clip encode(int picturesPerIdr) throws IOException {
        ByteBuffer wall = wall();
        var units = new ArrayList<AccessUnit>(PICTURES);
        var settings = new EncoderSettings(SIZE, PICTURES_PER_SECOND, BITS_PER_SECOND, picturesPerIdr);
        try (var encoder = new H264Encoder(settings)) {
            for (int i = 0; i < PICTURES; i++) {
                ByteBuffer view = wall.slice(i * DRIFT_PIXELS * BGR, wall.capacity() - i * DRIFT_PIXELS * BGR);
                units.add(encoder.encodeBgr(view, WALL_PIXELS * BGR, (long) i * TICKS_PER_PICTURE));
            }
        }
        return new Clip(List.copyOf(units));
    }

    /// Blocks of random grey with a little noise on top, the same in every run.
    private static ByteBuffer wall() {
        var random = new Random(1);
        int blocksPerRow = WALL_PIXELS / BLOCK_PIXELS + 1;
        byte[] blocks = new byte[blocksPerRow * (SIZE.heightPixels() / BLOCK_PIXELS + 1)];
        random.nextBytes(blocks);
        ByteBuffer wall = ByteBuffer.allocateDirect(WALL_PIXELS * SIZE.heightPixels() * BGR);
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < WALL_PIXELS; x++) {
                int block = blocks[y / BLOCK_PIXELS * blocksPerRow + x / BLOCK_PIXELS] & 0x7f;
                byte grey = (byte) (64 + block + random.nextInt(16));
                wall.put(grey).put(grey).put(grey);
            }
        }
        return wall.flip();
    }
}
