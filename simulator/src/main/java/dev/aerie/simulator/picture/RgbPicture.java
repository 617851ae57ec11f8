package dev.aerie.simulator.picture;

import dev.aerie.video.PictureSize;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A picture to draw on: one `int` of `0xRRGGBB` for each pixel, rows from the top, no gaps. Used by one thread.
public final class RgbPicture {

    private final PictureSize size;
    private final int[] pixels;
    private final byte[] row;

    public RgbPicture(PictureSize size) {
        this.size = size;
        this.pixels = new int[Math.multiplyExact(size.widthPixels(), size.heightPixels())];
        this.row = new byte[Math.multiplyExact(size.widthPixels(), 3)];
    }

    public PictureSize size() {
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

    /// Fills a rectangle, cut at the picture's edges.
    public void fill(int left, int top, int right, int bottom, int rgb) {
        int from = Math.clamp(left, 0, widthPixels());
        int to = Math.clamp(right, from, widthPixels());
        int last = Math.min(bottom, heightPixels());
        for (int y = Math.max(top, 0); y < last; y++) {
            Arrays.fill(pixels, y * widthPixels() + from, y * widthPixels() + to, rgb);
        }
    }

    /// Copies the picture as blue, green, red bytes to position 0 and on, rows `strideBytes` apart.
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
}
