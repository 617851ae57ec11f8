package dev.aerie.slam.feature;

import java.util.Arrays;

/// Chooses some of many corners: the best of each cell of a grid first, then each cell's second best, and so
/// on.
///
/// Cells are as many as corners are wanted. What a poor cell cannot give, rich ones do, but none gives more
/// than a few.
final class GridKeypointSelector {

    private static final int MAX_PER_CELL = 5;

    private final int wanted;
    private final double cellPixels;
    private final int columns;
    private final int[] cellCounts;
    private int offered;

    /// Corners offered: response (descending order) in the high half, place in the low half.
    private long[] candidates = new long[4096];

    private final long[] chosen;
    private int chosenCount;

    GridKeypointSelector(int wanted, int widthPixels, int heightPixels) {
        this.wanted = wanted;
        this.cellPixels = Math.max(4, Math.sqrt((double) widthPixels * heightPixels / Math.max(1, wanted)));
        this.columns = 1 + (int) (widthPixels / cellPixels);
        this.cellCounts = new int[columns * (1 + (int) (heightPixels / cellPixels))];
        this.chosen = new long[wanted];
    }

    void clear() {
        offered = 0;
        chosenCount = 0;
    }

    /// - `response`: how strong the corner is, ≥ 0
    void offer(int x, int y, float response) {
        if (offered == candidates.length) {
            candidates = Arrays.copyOf(candidates, 2 * offered);
        }
        long weakness = 0x7fff_ffffL - Float.floatToIntBits(Math.max(0, response));
        candidates[offered++] = weakness << 32 | (long) y << 16 | x;
    }

    /// Makes the choice among what was offered since [#clear].
    void choose() {
        Arrays.sort(candidates, 0, offered);
        int rest = offered;
        for (int round = 0; round < MAX_PER_CELL && rest > 0 && chosenCount < wanted; round++) {
            rest = chooseOnePerCell(rest);
        }
    }

    /// Takes the best that each cell has left; returns how many corners are left behind it.
    private int chooseOnePerCell(int count) {
        Arrays.fill(cellCounts, 0);
        int left = 0;
        for (int i = 0; i < count; i++) {
            long candidate = candidates[i];
            int row = (int) (yOf(candidate) / cellPixels);
            int cell = row * columns + (int) (xOf(candidate) / cellPixels);
            if (cellCounts[cell]++ == 0 && chosenCount < wanted) {
                chosen[chosenCount++] = candidate;
            } else {
                candidates[left++] = candidate;
            }
        }
        return left;
    }

    int count() {
        return chosenCount;
    }

    int x(int index) {
        return xOf(chosen[index]);
    }

    int y(int index) {
        return yOf(chosen[index]);
    }

    private static int xOf(long candidate) {
        return (int) (candidate & 0xffff);
    }

    private static int yOf(long candidate) {
        return (int) (candidate >>> 16 & 0xffff);
    }
}
