package dev.aerie.simulator.image;

import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A frame to draw on: one `int` of `0xRRGGBB` for each pixel, rows from the top, no gaps. Used by one thread.
public final class RgbImage {

    private final FrameSize size;
    private final int[] pixels;
    private final byte[] row;

    public RgbImage(FrameSize size) {
        this.size = size;
        this.pixels = new int[Math.multiplyExact(size.widthPixels(), size.heightPixels())];
        this.row = new byte[Math.multiplyExact(size.widthPixels(), 3)];
    }

    public FrameSize size() {
        return size;
    }

    public int widthPixels() {
        return size.widthPixels();
    }

    public int heightPixels() {
        return size.heightPixels();
    }

    /// The pixels themselves, lent for drawing: width × height, row-major, `0xRRGGBB`.
    public int[] pixels() {
        return pixels;
    }

    /// Fills a rectangle, cut at the frame's edges.
    public void fill(int left, int top, int right, int bottom, int rgb) {
        int from = Math.clamp(left, 0, widthPixels());
        int to = Math.clamp(right, from, widthPixels());
        int last = Math.min(bottom, heightPixels());
        for (int y = Math.max(top, 0); y < last; y++) {
            Arrays.fill(pixels, y * widthPixels() + from, y * widthPixels() + to, rgb);
        }
    }

    /// Copies the frame as blue, green, red bytes to position 0 and on, rows `strideBytes` apart.
    public void copyTo(ByteBuffer bgr, int strideBytes) {
        int width = widthPixels();
        for (int y = 0; y < heightPixels(); y++) {
            for (int x = 0, at = y * width, to = 0; x < width; x++, at++, to += 3) {
                int rgb = pixels[at];
                row[to] = (byte) rgb;
                row[to + 1] = (byte) (rgb >> 8);
                row[to + 2] = (byte) (rgb >> 16);
            }
            bgr.put(y * strideBytes, row, 0, row.length);
        }
    }

    /// Copies the frame as grey, 8 bits, 0..255 (BT.601, as OpenCV weighs it), to position 0 and on, without
    /// gaps.
    public void copyAsGrey(ByteBuffer grey) {
        int width = widthPixels();
        for (int y = 0; y < heightPixels(); y++) {
            for (int x = 0, at = y * width; x < width; x++, at++) {
                int rgb = pixels[at];
                int weighed = 4899 * ((rgb >> 16) & 0xFF) + 9617 * ((rgb >> 8) & 0xFF) + 1868 * (rgb & 0xFF);
                row[x] = (byte) ((weighed + (1 << 13)) >> 14);
            }
            grey.put(y * width, row, 0, width);
        }
    }

    /// Copies the frame as planar YUV 4:2:0 (BT.601, 16..235) to position 0 and on: all of Y, then U, then V.
    ///
    /// Width and height must be even.
    public void copyAsI420(ByteBuffer i420) {
        int width = widthPixels();
        int height = heightPixels();
        int chromaAt = width * height;
        for (int y = 0; y < height; y += 2) {
            copyLuma(i420, y);
            copyLuma(i420, y + 1);
            copyChroma(i420, y, chromaAt + y / 2 * (width / 2), chromaAt * 5 / 4 + y / 2 * (width / 2));
        }
    }

    private void copyLuma(ByteBuffer i420, int y) {
        int width = widthPixels();
        for (int x = 0, at = y * width; x < width; x++, at++) {
            int rgb = pixels[at];
            int luma = 66 * ((rgb >> 16) & 0xFF) + 129 * ((rgb >> 8) & 0xFF) + 25 * (rgb & 0xFF);
            row[x] = (byte) (((luma + 128) >> 8) + 16);
        }
        i420.put(y * width, row, 0, width);
    }

    /// One U and one V for each 2 × 2 pixels, of their mean colour.
    private void copyChroma(ByteBuffer i420, int y, int uAt, int vAt) {
        int width = widthPixels();
        int half = width / 2;
        for (int x = 0, at = y * width; x < half; x++, at += 2) {
            int a = pixels[at];
            int b = pixels[at + 1];
            int c = pixels[at + width];
            int d = pixels[at + width + 1];
            int redBlue = (a & 0xFF00FF) + (b & 0xFF00FF) + (c & 0xFF00FF) + (d & 0xFF00FF);
            int red = redBlue >> 16;
            int blue = redBlue & 0xFFFF;
            int green = ((a & 0xFF00) + (b & 0xFF00) + (c & 0xFF00) + (d & 0xFF00)) >> 8;
            row[x] = (byte) (((-38 * red - 74 * green + 112 * blue + 512) >> 10) + 128);
            row[half + x] = (byte) (((112 * red - 94 * green - 18 * blue + 512) >> 10) + 128);
        }
        i420.put(uAt, row, 0, half);
        i420.put(vAt, row, half, half);
    }
}
