package dev.aerie.benchmarks;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.barcode.BarcodePainter;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Ten seconds at 30 frames a second sent in a loop: a camera that drifts along a textured wall, with the frame number,
/// 0..299, as a barcode.
record BenchClip(List<AccessUnit> units) {

    static final int FRAMES_PER_SECOND = 30;

    private static final FrameSize HD = new FrameSize(1280, 720);
    private static final FrameSize FULL_HD = new FrameSize(1920, 1080);
    private static final int FRAMES = 10 * FRAMES_PER_SECOND;
    private static final int TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;

    /// 1280×720, about 3 Mbit/s.
    ///
    /// - `framesPerIdr`: distance between IDR frames; divides 300
    static BenchClip encode(int framesPerIdr) throws IOException {
        return encode(new Wall(HD), 3_300_000, framesPerIdr);
    }

    /// 1920×1080, about 6 Mbit/s, an IDR frame every second.
    static BenchClip encodeFullHd() throws IOException {
        return encode(new Wall(FULL_HD), 6_000_000, FRAMES_PER_SECOND);
    }

    int length() {
        return units.size();
    }

    /// Mean bit rate of the clip, in bytes per second.
    double bytesPerSecond() {
        long bytes = units.stream().mapToLong(AccessUnit::sizeBytes).sum();
        return (double) bytes * FRAMES_PER_SECOND / units.size();
    }

    private static BenchClip encode(Wall wall, int bitsPerSecond, int framesPerIdr) throws IOException {
        int[] texture = wall.paint();
        var units = new ArrayList<AccessUnit>(FRAMES);
        var settings = new EncoderSettings(wall.size(), FRAMES_PER_SECOND, bitsPerSecond, framesPerIdr);
        try (var encoder = new H264Encoder(settings)) {
            for (int i = 0; i < FRAMES; i++) {
                units.add(encoder.encodeBgr(wall.frame(texture, i), wall.strideBytes(), (long) i * TICKS_PER_FRAME));
            }
        }
        return new BenchClip(List.copyOf(units));
    }

    /// Draws the camera's view.
    private record Wall(FrameSize size) {

        private static final int DRIFT_PIXELS = 2;
        private static final int BLOCK_PIXELS = 8;

        int strideBytes() {
            return size.widthPixels() * 3;
        }

        int widthPixels() {
            return size.widthPixels() + FRAMES * DRIFT_PIXELS;
        }

        ByteBuffer frame(int[] texture, int number) {
            var image = new RgbImage(size);
            int width = size.widthPixels();
            for (int y = 0; y < size.heightPixels(); y++) {
                int from = y * widthPixels() + number * DRIFT_PIXELS;
                System.arraycopy(texture, from, image.pixels(), y * width, width);
            }
            new BarcodePainter(size).stamp(image, number);
            ByteBuffer bgr = ByteBuffer.allocateDirect(strideBytes() * size.heightPixels());
            for (int rgb : image.pixels()) {
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
