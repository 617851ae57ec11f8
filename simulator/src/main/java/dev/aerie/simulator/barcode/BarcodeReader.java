package dev.aerie.simulator.barcode;

import dev.aerie.simulator.image.RgbImage;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// Reads the number that [BarcodePainter] burnt into a frame, at any size the frame was scaled to since.
///
/// Empty without a code, if a cell is neither black nor white, or if the check bits do not match: a returned number
/// is the one that was painted.
public final class BarcodeReader {

    private static final double MIN_CONTRAST = 60;
    private static final double UNDECIDED_SHARE = 0.15;

    private BarcodeReader() {}

    /// The number in a decoded frame; the frame stays lent.
    public static OptionalInt read(VideoFrame frame) {
        return read(frame.bgr(), frame.size(), frame.strideBytes());
    }

    /// The number in blue, green, red bytes that start at index 0, rows `strideBytes` apart.
    public static OptionalInt read(ByteBuffer bgr, FrameSize size, int strideBytes) {
        return decode(new BarcodeLayout(size), (x, y) -> bgr.get(y * strideBytes + x * 3 + 1) & 0xFF);
    }

    /// The number in a frame that was never encoded.
    public static OptionalInt read(RgbImage image) {
        return read(image.pixels(), image.size());
    }

    /// The number in `0xRRGGBB` pixels, row-major, no gaps.
    public static OptionalInt read(int[] rgb, FrameSize size) {
        return decode(new BarcodeLayout(size), (x, y) -> rgb[y * size.widthPixels() + x] >> 8 & 0xFF);
    }

    private static OptionalInt decode(BarcodeLayout layout, Green green) {
        double[] levels = new double[BarcodeLayout.CELLS];
        for (int cell = 0; cell < levels.length; cell++) {
            levels[cell] = level(layout, cell, green);
        }
        int last = BarcodeLayout.CELLS - 1;
        double white = Math.min(levels[0], levels[last]);
        double black = Math.max(levels[1], levels[last - 1]);
        if (white - black < MIN_CONTRAST) {
            return OptionalInt.empty();
        }
        long cells = 0;
        for (double level : levels) {
            double above = level - (white + black) / 2;
            if (Math.abs(above) < UNDECIDED_SHARE * (white - black)) {
                return OptionalInt.empty();
            }
            cells = cells << 1 | (above > 0 ? 1 : 0);
        }
        int number = BarcodeLayout.numberOf(cells);
        return BarcodeLayout.cellsOf(number) == cells ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /// Mean of the inner half of a cell, where the encoder's ringing does not reach.
    private static double level(BarcodeLayout layout, int cell, Green green) {
        int column = cell % BarcodeLayout.COLUMNS;
        int row = cell / BarcodeLayout.COLUMNS;
        int left = layout.leftPixels(column + 0.25);
        int right = Math.max(left + 1, layout.leftPixels(column + 0.75));
        int top = layout.topPixels(row + 0.25);
        int bottom = Math.max(top + 1, layout.topPixels(row + 0.75));
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += green.at(x, y);
            }
        }
        return sum / ((right - left) * (bottom - top));
    }

    /// The green byte of a pixel: nearest to its brightness.
    private interface Green {
        int at(int x, int y);
    }
}
