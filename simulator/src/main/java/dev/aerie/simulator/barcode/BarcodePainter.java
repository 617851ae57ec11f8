package dev.aerie.simulator.barcode;

import dev.aerie.simulator.image.RgbImage;
import dev.aerie.video.FrameSize;

/// Draws a 32-bit number into frames, with cells that survive encoding at a low bit rate.
public final class BarcodePainter {

    private static final int GREY = 0x808080;
    private static final int WHITE = 0xF0F0F0;
    private static final int BLACK = 0x101010;
    private static final int DISCS = 5;

    private final BarcodeLayout layout;

    /// Throws [IllegalArgumentException] for a frame below 112 × 120 pixels.
    public BarcodePainter(FrameSize size) {
        this.layout = new BarcodeLayout(size);
    }

    /// A whole frame: the code above, content that moves with the number below.
    public void paint(RgbImage image, int number) {
        paintBackdrop(image, number);
        for (int disc = 0; disc < DISCS; disc++) {
            paintDisc(image, disc, number);
        }
        stamp(image, number);
    }

    /// Only the code, over the upper third of a frame that shows something else.
    public void stamp(RgbImage image, int number) {
        if (!image.size().equals(layout.size())) {
            throw new IllegalArgumentException("painter is for " + layout.size() + ", frame is " + image.size());
        }
        image.fill(0, 0, image.widthPixels(), layout.heightPixels(), GREY);
        long cells = BarcodeLayout.cellsOf(number);
        for (int cell = 0; cell < BarcodeLayout.CELLS; cell++) {
            int column = cell % BarcodeLayout.COLUMNS;
            int row = cell / BarcodeLayout.COLUMNS;
            image.fill(
                    layout.leftPixels(column),
                    layout.topPixels(row),
                    layout.leftPixels(column + 1),
                    layout.topPixels(row + 1),
                    BarcodeLayout.isWhite(cells, cell) ? WHITE : BLACK);
        }
    }

    /// Diagonal bands that drift two pixels per frame.
    private void paintBackdrop(RgbImage image, int number) {
        int width = image.widthPixels();
        int[] pixels = image.pixels();
        for (int y = layout.heightPixels(); y < image.heightPixels(); y++) {
            for (int x = 0; x < width; x++) {
                int wave = x + y + 2 * number & 0xFF;
                int level = 40 + (wave < 128 ? wave : 255 - wave);
                pixels[y * width + x] = level << 16 | (level + 24) << 8 | (200 - level);
            }
        }
    }

    private void paintDisc(RgbImage image, int disc, int number) {
        int radius = image.heightPixels() / 14;
        int room = image.heightPixels() - layout.heightPixels();
        int centreX = Math.floorMod((3 + 2 * disc) * number + disc * 97, image.widthPixels());
        int centreY = layout.heightPixels() + Math.floorMod((1 + disc) * number + disc * 53, room);
        int rgb = 0x30A0F0 + disc * 0x2F1B17 & 0xFFFFFF;
        for (int y = -radius; y <= radius; y++) {
            int half = (int) Math.sqrt(radius * radius - y * y);
            image.fill(centreX - half, centreY + y, centreX + half, centreY + y + 1, rgb);
        }
    }
}
