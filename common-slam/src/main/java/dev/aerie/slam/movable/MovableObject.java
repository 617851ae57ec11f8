package dev.aerie.slam.movable;

import dev.aerie.messages.Box;
import dev.aerie.messages.Mask;
import dev.aerie.messages.TrackedObject;
import java.util.BitSet;

/// A thing that may move, in one frame: the cells of [MovableMask]'s grid that it touches.
///
/// - `centreColumn`, `centreRow`: in cells
/// - `rows`: of the grid
record MovableObject(long id, double centreColumn, double centreRow, int rows, BitSet cells) {

    /// Its mask where it has one, else its box.
    ///
    /// - `widthPixels`, `heightPixels`: of the frame of the box
    static MovableObject of(TrackedObject object, int widthPixels, int heightPixels) {
        int rows = rowsOf(widthPixels, heightPixels);
        Box box = object.box();
        double perColumn = (double) MovableMask.COLUMNS / widthPixels;
        double perRow = (double) rows / heightPixels;
        Mask mask = object.mask();
        BitSet cells = mask == null ? cellsOf(box, perColumn, perRow, rows) : cellsOf(mask, rows);
        return new MovableObject(
                object.id(),
                (box.leftPixels() + box.widthPixels() / 2) * perColumn,
                (box.topPixels() + box.heightPixels() / 2) * perRow,
                rows,
                cells);
    }

    static int rowsOf(int widthPixels, int heightPixels) {
        return Math.max(1, Math.round((float) MovableMask.COLUMNS * heightPixels / widthPixels));
    }

    private static BitSet cellsOf(Box box, double perColumn, double perRow, int rows) {
        var cells = new BitSet(MovableMask.COLUMNS * rows);
        int left = clamped(Math.floor(box.leftPixels() * perColumn), MovableMask.COLUMNS);
        int right = clamped(Math.ceil(box.rightPixels() * perColumn), MovableMask.COLUMNS);
        int top = clamped(Math.floor(box.topPixels() * perRow), rows);
        int bottom = clamped(Math.ceil(box.bottomPixels() * perRow), rows);
        for (int row = top; row < bottom; row++) {
            cells.set(row * MovableMask.COLUMNS + left, row * MovableMask.COLUMNS + Math.max(left, right));
        }
        return cells;
    }

    private static BitSet cellsOf(Mask mask, int rows) {
        var cells = new BitSet(MovableMask.COLUMNS * rows);
        BitSet pixels = mask.decode();
        int width = mask.widthPixels();
        for (int at = pixels.nextSetBit(0); at >= 0; at = pixels.nextSetBit(at + 1)) {
            int row = (int) ((long) (at / width) * rows / mask.heightPixels());
            int column = (int) ((long) (at % width) * MovableMask.COLUMNS / width);
            cells.set(row * MovableMask.COLUMNS + column);
        }
        return cells;
    }

    private static int clamped(double value, int max) {
        return (int) Math.clamp(value, 0, max);
    }

    /// Adds what it covers once it has moved, grown by so many cells to each side.
    void addTo(BitSet sum, int columnsOn, int rowsOn, int growth) {
        for (int at = cells.nextSetBit(0); at >= 0; at = cells.nextSetBit(at + 1)) {
            int row = at / MovableMask.COLUMNS + rowsOn;
            int column = at % MovableMask.COLUMNS + columnsOn;
            int left = Math.clamp(column - growth, 0, MovableMask.COLUMNS);
            int right = Math.clamp(column + growth + 1L, 0, MovableMask.COLUMNS);
            for (int y = Math.max(0, row - growth); y <= Math.min(rows - 1, row + growth) && left < right; y++) {
                sum.set(y * MovableMask.COLUMNS + left, y * MovableMask.COLUMNS + right);
            }
        }
    }
}
