package dev.aerie.cli.bench;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.barcode.BarcodePainter;
import dev.aerie.simulator.picture.RgbPicture;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.PictureSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Ten seconds of 1280×720 at 30 pictures a second and about 3 Mbit/s that can be sent round and round: the view of a
/// camera that drifts along a textured wall, with the picture's number, 0..299, burnt into it.
record Clip(List<AccessUnit> units) {

    static final int PICTURES_PER_SECOND = 30;

    private static final PictureSize SIZE = new PictureSize(1280, 720);
    private static final int PICTURES = 10 * PICTURES_PER_SECOND;
    private static final int BITS_PER_SECOND = 3_300_000;
    private static final int TICKS_PER_PICTURE = 90_000 / PICTURES_PER_SECOND;
    private static final int DRIFT_PIXELS = 2;
    private static final int WALL_PIXELS = SIZE.widthPixels() + PICTURES * DRIFT_PIXELS;
    private static final int BLOCK_PIXELS = 8;
    private static final int STRIDE_BYTES = SIZE.widthPixels() * 3;

    /// - `picturesPerIdr`: distance between IDR pictures; divides 300
    static Clip encode(int picturesPerIdr) throws IOException {
        int[] wall = wall();
        var units = new ArrayList<AccessUnit>(PICTURES);
        var settings = new EncoderSettings(SIZE, PICTURES_PER_SECOND, BITS_PER_SECOND, picturesPerIdr);
        try (var encoder = new H264Encoder(settings)) {
            for (int i = 0; i < PICTURES; i++) {
                units.add(encoder.encodeBgr(picture(wall, i), STRIDE_BYTES, (long) i * TICKS_PER_PICTURE));
            }
        }
        return new Clip(List.copyOf(units));
    }

    int length() {
        return units.size();
    }

    private static ByteBuffer picture(int[] wall, int number) {
        var picture = new RgbPicture(SIZE);
        int width = SIZE.widthPixels();
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            System.arraycopy(wall, y * WALL_PIXELS + number * DRIFT_PIXELS, picture.pixels(), y * width, width);
        }
        new BarcodePainter(SIZE).stamp(picture, number);
        ByteBuffer bgr = ByteBuffer.allocateDirect(STRIDE_BYTES * SIZE.heightPixels());
        for (int rgb : picture.pixels()) {
            bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
        }
        return bgr.flip();
    }

    /// Blocks of random grey with a little noise on top, the same in every run.
    private static int[] wall() {
        var random = new Random(1);
        int blocksPerRow = WALL_PIXELS / BLOCK_PIXELS + 1;
        byte[] blocks = new byte[blocksPerRow * (SIZE.heightPixels() / BLOCK_PIXELS + 1)];
        random.nextBytes(blocks);
        int[] wall = new int[WALL_PIXELS * SIZE.heightPixels()];
        for (int i = 0; i < wall.length; i++) {
            int block = i / WALL_PIXELS / BLOCK_PIXELS * blocksPerRow + i % WALL_PIXELS / BLOCK_PIXELS;
            int grey = 64 + (blocks[block] & 0x7f) + random.nextInt(16);
            wall[i] = grey << 16 | grey << 8 | grey;
        }
        return wall;
    }
}
