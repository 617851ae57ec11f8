package dev.aerie.vision.mot;

import java.util.Arrays;

/// Linear assignment: pairs rows with columns at minimum total cost.
///
/// Shortest augmenting paths with dual variables, O(rows² × columns). Source: Jonker and Volgenant 1987.
public final class Assignment {

    private static final int NOBODY = -1;

    private final double[][] cost;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] rowOfColumn;

    private final double[] slack;
    private final int[] previousColumn;
    private final boolean[] reached;

    private Assignment(double[][] cost, int columns) {
        this.cost = cost;
        this.columns = columns;
        this.rowPotential = new double[cost.length];
        this.columnPotential = new double[columns];
        this.rowOfColumn = new int[columns];
        this.slack = new double[columns];
        this.previousColumn = new int[columns];
        this.reached = new boolean[columns];
        Arrays.fill(rowOfColumn, NOBODY);
    }

    /// The column of each row, -1 for a row without one; as many pairs as the shorter side allows.
    ///
    /// - `cost`: rows of equal length, finite
    public static int[] minCost(double[][] cost) {
        int columns = cost.length == 0 ? 0 : cost[0].length;
        if (cost.length <= columns) {
            return inverse(new Assignment(cost, columns).solve(), cost.length);
        }
        return new Assignment(transposed(cost, columns), cost.length).solve();
    }

    /// As [#minCost(double[][])], but leaves a row unpaired where its cost would be `limit` or more.
    public static int[] minCost(double[][] cost, double limit) {
        double[][] capped = Arrays.stream(cost)
                .map(row -> Arrays.stream(row).map(one -> Math.min(one, limit)).toArray())
                .toArray(double[][]::new);
        int[] columnOfRow = minCost(capped);
        for (int row = 0; row < columnOfRow.length; row++) {
            if (columnOfRow[row] != NOBODY && cost[row][columnOfRow[row]] >= limit) {
                columnOfRow[row] = NOBODY;
            }
        }
        return columnOfRow;
    }

    /// The row of each column, -1 for none.
    private int[] solve() {
        for (int row = 0; row < cost.length; row++) {
            augment(row);
        }
        return rowOfColumn;
    }

    /// Assigns a column to `start`, reassigning earlier rows where that is cheaper.
    private void augment(int start) {
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        Arrays.fill(previousColumn, NOBODY);
        Arrays.fill(reached, false);
        int row = start;
        int column = NOBODY;
        do {
            relax(row, column);
            column = nearest();
            reach(column, start);
            row = rowOfColumn[column];
        } while (row != NOBODY);
        for (int next = column; next != NOBODY; next = previousColumn[next]) {
            rowOfColumn[next] = previousColumn[next] == NOBODY ? start : rowOfColumn[previousColumn[next]];
        }
    }

    private void relax(int row, int fromColumn) {
        for (int column = 0; column < columns; column++) {
            double reduced = cost[row][column] - rowPotential[row] - columnPotential[column];
            if (!reached[column] && reduced < slack[column]) {
                slack[column] = reduced;
                previousColumn[column] = fromColumn;
            }
        }
    }

    private int nearest() {
        int nearest = NOBODY;
        for (int column = 0; column < columns; column++) {
            if (!reached[column] && (nearest == NOBODY || slack[column] < slack[nearest])) {
                nearest = column;
            }
        }
        return nearest;
    }

    /// Moves the potentials so that `column` costs nothing more, and marks it reached.
    private void reach(int column, int start) {
        double delta = slack[column];
        rowPotential[start] += delta;
        for (int other = 0; other < columns; other++) {
            if (reached[other]) {
                rowPotential[rowOfColumn[other]] += delta;
                columnPotential[other] -= delta;
            } else {
                slack[other] -= delta;
            }
        }
        reached[column] = true;
    }

    private static double[][] transposed(double[][] cost, int columns) {
        var turned = new double[columns][cost.length];
        for (int row = 0; row < cost.length; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column][row] = cost[row][column];
            }
        }
        return turned;
    }

    private static int[] inverse(int[] rowOfColumn, int rows) {
        var columnOfRow = new int[rows];
        Arrays.fill(columnOfRow, NOBODY);
        for (int column = 0; column < rowOfColumn.length; column++) {
            if (rowOfColumn[column] != NOBODY) {
                columnOfRow[rowOfColumn[column]] = column;
            }
        }
        return columnOfRow;
    }
}
