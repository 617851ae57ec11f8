package dev.aerie.vision.mot;

import java.util.Arrays;

/// Linear assignment: pairs rows with columns at minimum total cost. Its memory is used again from call to call; used
/// by one thread.
///
/// Shortest augmenting paths with dual variables, O(n² × m) for n the shorter side. Source: Jonker and Volgenant 1987.
public final class Assignment {

    private static final int NONE = -1;

    private CostMatrix cost = new CostMatrix();
    private double limit;
    private boolean isTransposed;

    /// The shorter side of the matrix, each of which gets a slot of the longer side.
    private int lines;

    private int slots;
    private double[] linePotential = new double[0];
    private double[] slotPotential = new double[0];
    private int[] lineOfSlot = new int[0];
    private double[] slack = new double[0];
    private int[] previousSlot = new int[0];
    private boolean[] reached = new boolean[0];
    private int[] columnOfRow = new int[0];

    Assignment() {}

    /// The column of each row, -1 for a row without one; as many pairs as the shorter side allows.
    ///
    /// - `cost`: rows of equal length, finite
    public static int[] minCost(double[][] cost) {
        return minCost(cost, Double.POSITIVE_INFINITY);
    }

    /// As [#minCost(double[][])], but leaves a row unpaired where its cost would be `limit` or more.
    public static int[] minCost(double[][] cost, double limit) {
        var matrix = new CostMatrix();
        matrix.resize(cost.length, cost.length == 0 ? 0 : cost[0].length);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                matrix.set(row, column, cost[row][column]);
            }
        }
        return Arrays.copyOf(new Assignment().solve(matrix, limit), cost.length);
    }

    /// The column of each row, -1 for a row without one or where its cost would be `limit` or more; lent until the next
    /// call, and may be longer than there are rows.
    int[] solve(CostMatrix matrix, double costLimit) {
        cost = matrix;
        limit = costLimit;
        isTransposed = cost.rows() > cost.columns();
        lines = Math.min(cost.rows(), cost.columns());
        slots = Math.max(cost.rows(), cost.columns());
        clear();
        for (int line = 0; line < lines; line++) {
            augment(line);
        }
        return pairs();
    }

    private void clear() {
        if (slack.length < slots) {
            linePotential = new double[2 * slots];
            slotPotential = new double[2 * slots];
            lineOfSlot = new int[2 * slots];
            slack = new double[2 * slots];
            previousSlot = new int[2 * slots];
            reached = new boolean[2 * slots];
            columnOfRow = new int[2 * slots];
        }
        Arrays.fill(linePotential, 0, lines, 0);
        Arrays.fill(slotPotential, 0, slots, 0);
        Arrays.fill(lineOfSlot, 0, slots, NONE);
    }

    private double cost(int line, int slot) {
        return Math.min(limit, isTransposed ? cost.get(slot, line) : cost.get(line, slot));
    }

    /// Assigns a slot to `start`, reassigning earlier lines where that is cheaper.
    private void augment(int start) {
        Arrays.fill(slack, 0, slots, Double.POSITIVE_INFINITY);
        Arrays.fill(previousSlot, 0, slots, NONE);
        Arrays.fill(reached, 0, slots, false);
        int line = start;
        int slot = NONE;
        do {
            relax(line, slot);
            slot = nearest();
            reach(slot, start);
            line = lineOfSlot[slot];
        } while (line != NONE);
        for (int next = slot; next != NONE; next = previousSlot[next]) {
            lineOfSlot[next] = previousSlot[next] == NONE ? start : lineOfSlot[previousSlot[next]];
        }
    }

    private void relax(int line, int fromSlot) {
        for (int slot = 0; slot < slots; slot++) {
            double reduced = cost(line, slot) - linePotential[line] - slotPotential[slot];
            if (!reached[slot] && reduced < slack[slot]) {
                slack[slot] = reduced;
                previousSlot[slot] = fromSlot;
            }
        }
    }

    private int nearest() {
        int nearest = NONE;
        for (int slot = 0; slot < slots; slot++) {
            if (!reached[slot] && (nearest == NONE || slack[slot] < slack[nearest])) {
                nearest = slot;
            }
        }
        return nearest;
    }

    /// Moves the potentials so that `slot` costs nothing more, and marks it reached.
    private void reach(int slot, int start) {
        double delta = slack[slot];
        linePotential[start] += delta;
        for (int other = 0; other < slots; other++) {
            if (reached[other]) {
                linePotential[lineOfSlot[other]] += delta;
                slotPotential[other] -= delta;
            } else {
                slack[other] -= delta;
            }
        }
        reached[slot] = true;
    }

    private int[] pairs() {
        Arrays.fill(columnOfRow, NONE);
        for (int slot = 0; slot < slots; slot++) {
            if (lineOfSlot[slot] != NONE) {
                int row = isTransposed ? slot : lineOfSlot[slot];
                int column = isTransposed ? lineOfSlot[slot] : slot;
                columnOfRow[row] = cost.get(row, column) < limit ? column : NONE;
            }
        }
        return columnOfRow;
    }
}
