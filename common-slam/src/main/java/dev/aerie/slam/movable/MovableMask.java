package dev.aerie.slam.movable;

import java.util.BitSet;

/// Where a frame shows things that may move, in cells of a grid laid over the whole frame. Immutable.
///
/// Places are fractions of the frame's width and height, so that the frame may be of any size.
public final class MovableMask {

    /// Cells across a frame: 4 pixels of one that is 640 wide.
    static final int COLUMNS = 160;

    private final int rows;
    private final BitSet cells;

    /// - `cells`: bit `row * COLUMNS + column`; taken over
    MovableMask(int rows, BitSet cells) {
        this.rows = rows;
        this.cells = cells;
    }

    /// Whether a place is covered; 0..1 from left to right and from top to bottom.
    public boolean covers(double x, double y) {
        int column = (int) Math.floor(x * COLUMNS);
        int row = (int) Math.floor(y * rows);
        return column >= 0 && column < COLUMNS && row >= 0 && row < rows && cells.get(row * COLUMNS + column);
    }

    /// How much of the frame is covered, 0..1.
    public double fraction() {
        return cells.cardinality() / (double) (COLUMNS * rows);
    }
}
