package dev.aerie.evaluation.vos;

import dev.aerie.vision.mask.BinaryMask;
import java.util.BitSet;

/// Boundary pixels of a mask: those that differ from their neighbour to the right, below, or both.
///
/// Source: DAVIS' boundary measure F (Perazzi et al. 2016, section 4), after Martin et al. 2004; pixel for
/// pixel what its evaluation code draws.
final class EdgePixels {

    private final int width;
    private final int height;
    private final BitSet pixels;

    private EdgePixels(int width, int height, BitSet pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    static EdgePixels of(BinaryMask mask) {
        int width = mask.size().widthPixels();
        int height = mask.size().heightPixels();
        var outline = new BitSet(width * height);
        if (mask.isEmpty()) {
            return new EdgePixels(width, height, outline);
        }
        var box = mask.box();
        int right = Math.min(width - 1, (int) box.rightPixels());
        int bottom = Math.min(height - 1, (int) box.bottomPixels());
        for (int y = Math.max(0, (int) box.topPixels() - 1); y <= bottom; y++) {
            for (int x = Math.max(0, (int) box.leftPixels() - 1); x <= right; x++) {
                outline.set(y * width + x, isEdge(mask, x, y, width, height));
            }
        }
        return new EdgePixels(width, height, outline);
    }

    /// Beyond the last column and row the neighbour counts as equal.
    private static boolean isEdge(BinaryMask mask, int x, int y, int width, int height) {
        boolean here = mask.contains(x, y);
        int east = Math.min(x + 1, width - 1);
        int south = Math.min(y + 1, height - 1);
        return here != mask.contains(east, y) || here != mask.contains(x, south) || here != mask.contains(east, south);
    }

    int length() {
        return pixels.cardinality();
    }

    /// Number of these pixels with one of `other` within `reachPixels`, from centre to centre.
    int near(EdgePixels other, int reachPixels) {
        var within = other.grown(reachPixels);
        within.and(pixels);
        return within.cardinality();
    }

    private BitSet grown(int reachPixels) {
        var grown = new BitSet(width * height);
        for (int at = pixels.nextSetBit(0); at >= 0; at = pixels.nextSetBit(at + 1)) {
            addDisk(grown, at % width, at / width, reachPixels);
        }
        return grown;
    }

    private void addDisk(BitSet grown, int x, int y, int reach) {
        for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
            int half = (int) Math.sqrt((double) reach * reach - (double) (row - y) * (row - y));
            grown.set(row * width + Math.max(0, x - half), row * width + Math.min(width - 1, x + half) + 1);
        }
    }
}
