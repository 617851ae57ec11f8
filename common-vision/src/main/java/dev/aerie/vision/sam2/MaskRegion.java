package dev.aerie.vision.sam2;

import dev.aerie.messages.Box;
import dev.aerie.vision.mask.MaskLogits;

/// Cells of a mask: how many, and the box round them.
///
/// - `left`, `top`, `right`, `bottom`: first and last column and row
record MaskRegion(long cells, int left, int top, int right, int bottom) {

    static final MaskRegion NONE =
            new MaskRegion(0, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE);

    /// All cells above 0.
    static MaskRegion of(MaskLogits mask) {
        var region = NONE;
        for (int y = 0; y < mask.heightCells(); y++) {
            int first = Integer.MAX_VALUE;
            int last = -1;
            int count = 0;
            for (int x = 0; x < mask.widthCells(); x++) {
                if (mask.at(x, y) > 0) {
                    first = Math.min(first, x);
                    last = x;
                    count++;
                }
            }
            region = count == 0 ? region : region.with(new MaskRegion(count, first, y, last, y));
        }
        return region;
    }

    /// The largest connected part of `other` that is not in `chosen`; both are of the same size.
    static MaskRegion largestBeyond(MaskLogits chosen, MaskLogits other) {
        int width = other.widthCells();
        var isOpen = new boolean[width * other.heightCells()];
        for (int i = 0; i < isOpen.length; i++) {
            isOpen[i] = other.values()[i] > 0 && chosen.values()[i] <= 0;
        }
        var stack = new int[isOpen.length];
        var largest = NONE;
        for (int cell = 0; cell < isOpen.length; cell++) {
            if (isOpen[cell]) {
                var region = take(isOpen, width, cell, stack);
                largest = region.cells() > largest.cells() ? region : largest;
            }
        }
        return largest;
    }

    /// The part that `cell` belongs to; its cells are no longer open afterwards.
    private static MaskRegion take(boolean[] isOpen, int width, int cell, int[] stack) {
        int size = 0;
        long cells = 0;
        int left = width;
        int right = 0;
        int top = isOpen.length / width;
        int bottom = 0;
        stack[size++] = cell;
        isOpen[cell] = false;
        while (size > 0) {
            int at = stack[--size];
            int x = at % width;
            int y = at / width;
            cells++;
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
            size = push(isOpen, stack, size, x > 0 ? at - 1 : -1);
            size = push(isOpen, stack, size, x < width - 1 ? at + 1 : -1);
            size = push(isOpen, stack, size, at - width);
            size = push(isOpen, stack, size, at + width);
        }
        return new MaskRegion(cells, left, top, right, bottom);
    }

    private static int push(boolean[] isOpen, int[] stack, int size, int cell) {
        if (cell < 0 || cell >= isOpen.length || !isOpen[cell]) {
            return size;
        }
        isOpen[cell] = false;
        stack[size] = cell;
        return size + 1;
    }

    boolean isEmpty() {
        return cells == 0;
    }

    /// Both together.
    MaskRegion with(MaskRegion other) {
        return new MaskRegion(
                cells + other.cells,
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }

    /// In cells; without area where it is empty.
    Box box() {
        return isEmpty() ? new Box(0, 0, 0, 0) : new Box(left, top, right - left + 1.0, bottom - top + 1.0);
    }
}
