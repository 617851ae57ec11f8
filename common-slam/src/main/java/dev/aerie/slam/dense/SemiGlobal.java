package dev.aerie.slam.dense;

import java.util.Arrays;

/// Lets neighbours speak for each other: costs summed up along paths from four sides, where a small change of depth
/// costs little and a jump more.
///
/// Source: Hirschmüller 2008, "Stereo Processing by Semiglobal Matching and Mutual Information", section 2.3.
final class SemiGlobal {

    private static final int PLANES = CostVolume.PLANES;
    private static final int SMALL_CHANGE = 4;
    private static final int JUMP = 20;

    private final short[] costs;
    private final short[] sums;

    private SemiGlobal(short[] costs) {
        this.costs = costs;
        this.sums = new short[costs.length];
    }

    /// The sums over the four paths, laid out as `costs`: a pixel's planes lie side by side.
    static short[] sums(int width, int height, short[] costs) {
        var all = new SemiGlobal(costs);
        for (int row = 0; row < height; row++) {
            all.path(row * width, 1, width);
            all.path(row * width + width - 1, -1, width);
        }
        for (int column = 0; column < width; column++) {
            all.path(column, width, height);
            all.path((height - 1) * width + column, -width, height);
        }
        return all.sums;
    }

    private void path(int firstPixel, int step, int length) {
        int[] before = new int[PLANES + 2];
        int[] now = new int[PLANES + 2];
        Arrays.fill(before, 0);
        int min = 0;
        for (int i = 0; i < length; i++) {
            min = advance((firstPixel + i * step) * PLANES, before, now, min);
            int[] swap = before;
            before = now;
            now = swap;
        }
    }

    /// One pixel further; `before` and `now` have a guard at either end. Returns the least of `now`.
    private int advance(int at, int[] before, int[] now, int minBefore) {
        before[0] = Integer.MAX_VALUE / 2;
        before[PLANES + 1] = Integer.MAX_VALUE / 2;
        int min = Integer.MAX_VALUE;
        for (int plane = 1; plane <= PLANES; plane++) {
            int change = Math.min(before[plane - 1], before[plane + 1]) + SMALL_CHANGE;
            int best = Math.min(Math.min(before[plane], change), minBefore + JUMP);
            int cost = costs[at + plane - 1] + best - minBefore;
            now[plane] = cost;
            sums[at + plane - 1] += (short) cost;
            min = Math.min(min, cost);
        }
        return min;
    }
}
