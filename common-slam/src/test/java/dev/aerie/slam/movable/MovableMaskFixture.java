package dev.aerie.slam.movable;

import java.util.BitSet;

/// Masks for tests of other packages.
public final class MovableMaskFixture {

    private MovableMaskFixture() {}

    /// Covers the left half of a frame.
    public static MovableMask leftHalf(int widthPixels, int heightPixels) {
        int rows = MovableObject.rowsOf(widthPixels, heightPixels);
        var cells = new BitSet();
        for (int row = 0; row < rows; row++) {
            cells.set(row * MovableMask.COLUMNS, row * MovableMask.COLUMNS + MovableMask.COLUMNS / 2);
        }
        return new MovableMask(rows, cells);
    }
}
