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

/// Ten seconds at 30 pictures a second that can be sent round and round: the view of a camera that drifts along a
/// textured wall, with the picture's number, 0..299, burnt into it.
record Clip(List<AccessUnit> units) {

    static final int PICTURES_PER_SECOND = 30;

    private static final PictureSize HD = new PictureSize(1280, 720);
    private static final PictureSize FULL_HD = new PictureSize(1920, 1080);
    private static final int PICTURES = 10 * PICTURES_PER_SECOND;
    private static final int TICKS_PER_PICTURE = 90_000 / PICTURES_PER_SECOND;

    /// 1280×720, about 3 Mbit/s.
    ///
    /// - `picturesPerIdr`: distance between IDR pictures; divides 300
    static Clip encode(int picturesPerIdr) throws IOException {
        return encode(new Wall(HD), 3_300_000, picturesPerIdr);
    }

    /// 1920×1080, about 6 Mbit/s, an IDR picture every second.
    static Clip encodeFullHd() throws IOException {
        return encode(new Wall(FULL_HD), 6_000_000, PICTURES_PER_SECOND);
    }

    int length() {
        return units.size();
    }

    /// Of all pictures together, divided by the time they last.
    double bytesPerSecond() {
        long bytes = units.stream().mapToLong(AccessUnit::sizeBytes).sum();
        return (double) bytes * PICTURES_PER_SECOND / units.size();
    }

    private static Clip encode(Wall wall, int bitsPerSecond, int picturesPerIdr) throws IOException {
        int[] texture = wall.paint();
        var units = new ArrayList<AccessUnit>(PICTURES);
        var settings = new EncoderSettings(wall.size(), PICTURES_PER_SECOND, bitsPerSecond, picturesPerIdr);
        try (var encoder = new H264Encoder(settings)) {
            for (int i = 0; i < PICTURES; i++) {
                units.add(
                        encoder.encodeBgr(wall.picture(texture, i), wall.strideBytes(), (long) i * TICKS_PER_PICTURE));
            }
        }
        return new Clip(List.copyOf(units));
    }

    /// What the camera sees.
    private record Wall(PictureSize size) {

        private static final int DRIFT_PIXELS = 2;
        private static final int BLOCK_PIXELS = 8;

        int strideBytes() {
            return size.widthPixels() * 3;
        }

        int widthPixels() {
            return size.widthPixels() + PICTURES * DRIFT_PIXELS;
        }

        ByteBuffer picture(int[] texture, int number) {
            var picture = new RgbPicture(size);
            int width = size.widthPixels();
            for (int y = 0; y < size.heightPixels(); y++) {
                int from = y * widthPixels() + number * DRIFT_PIXELS;
                System.arraycopy(texture, from, picture.pixels(), y * width, width);
            }
            new BarcodePainter(size).stamp(picture, number);
            ByteBuffer bgr = ByteBuffer.allocateDirect(strideBytes() * size.heightPixels());
            for (int rgb : picture.pixels()) {
                bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
            }
            return bgr.flip();
        }

        /// Blocks of random grey with a little noise on top, the same in every run.
        int[] paint() {
            var random = new Random(1);
            int blocksPerRow = widthPixels() / BLOCK_PIXELS + 1;
            byte[] blocks = new byte[blocksPerRow * (size.heightPixels() / BLOCK_PIXELS + 1)];
            random.nextBytes(blocks);
            int[] wall = new int[widthPixels() * size.heightPixels()];
            for (int i = 0; i < wall.length; i++) {
                int block = i / widthPixels() / BLOCK_PIXELS * blocksPerRow + i % widthPixels() / BLOCK_PIXELS;
                int grey = 64 + (blocks[block] & 0x7f) + random.nextInt(16);
                wall[i] = grey << 16 | grey << 8 | grey;
            }
            return wall;
        }
    }
}
