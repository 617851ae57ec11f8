package dev.aerie.slam.solve;

import java.util.Arrays;

/// Solves A x = b for a symmetric positive definite A that has zeros left of some column in each row.
///
/// Only what lies between a row's first column and the diagonal is kept; factoring fills nothing outside of it.
/// Memory is taken once. Source: George & Liu 1981, "Computer Solution of Large Sparse Positive Definite Systems",
/// chapter 4.
public final class SkylineCholesky {

    private final int size;
    private final int[] firstColumns;

    /// Where in `values` the (possibly absent) column 0 of each row would be.
    private final int[] rowStarts;

    private final double[] values;

    /// - `firstColumns`: for each row, its first column that may be other than zero, 0..row
    public SkylineCholesky(int[] firstColumns) {
        this.size = firstColumns.length;
        this.firstColumns = firstColumns.clone();
        this.rowStarts = new int[size];
        int used = 0;
        for (int row = 0; row < size; row++) {
            rowStarts[row] = used - firstColumns[row];
            used = Math.addExact(used, row + 1 - firstColumns[row]);
        }
        this.values = new double[used];
    }

    /// Sets all elements to 0.
    public void clear() {
        Arrays.fill(values, 0);
    }

    /// Adds to an element of the lower triangle, inside the skyline.
    public void add(int row, int column, double value) {
        values[rowStarts[row] + column] += value;
    }

    /// Subtracts left · rightᵀ from the 6 × 6 block at a row and a column, inside the skyline and left of the diagonal.
    ///
    /// - `left`: 6 × 3, row by row; `right`: the same, from index `at`
    void subtractProduct(int row, int column, double[] left, double[] right, int at) {
        for (int i = 0; i < 6; i++) {
            double x = left[3 * i];
            double y = left[3 * i + 1];
            double z = left[3 * i + 2];
            int to = rowStarts[row + i] + column;
            values[to] -= x * right[at] + y * right[at + 1] + z * right[at + 2];
            values[to + 1] -= x * right[at + 3] + y * right[at + 4] + z * right[at + 5];
            values[to + 2] -= x * right[at + 6] + y * right[at + 7] + z * right[at + 8];
            values[to + 3] -= x * right[at + 9] + y * right[at + 10] + z * right[at + 11];
            values[to + 4] -= x * right[at + 12] + y * right[at + 13] + z * right[at + 14];
            values[to + 5] -= x * right[at + 15] + y * right[at + 16] + z * right[at + 17];
        }
    }

    /// As [#subtractProduct], of the block on the diagonal from `row` on: its lower half.
    void subtractProductOnDiagonal(int row, double[] left, double[] right, int at) {
        for (int i = 0; i < 6; i++) {
            int to = rowStarts[row + i] + row;
            for (int j = 0; j <= i; j++) {
                int k = at + 3 * j;
                values[to + j] -=
                        left[3 * i] * right[k] + left[3 * i + 1] * right[k + 1] + left[3 * i + 2] * right[k + 2];
            }
        }
    }

    /// Factors the matrix in its place; false if it is not positive definite, and then nothing can be solved.
    public boolean factor() {
        for (int row = 0; row < size; row++) {
            for (int column = firstColumns[row]; column < row; column++) {
                int at = rowStarts[row] + column;
                values[at] = (values[at] - dot(row, column)) / values[rowStarts[column] + column];
            }
            int at = rowStarts[row] + row;
            double pivot = values[at] - dot(row, row);
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return false;
            }
            values[at] = Math.sqrt(pivot);
        }
        return true;
    }

    /// Product of two rows of the factor over the columns left of `other`.
    private double dot(int row, int other) {
        int from = Math.max(firstColumns[row], firstColumns[other]);
        int a = rowStarts[row];
        int b = rowStarts[other];
        double sum = 0;
        for (int k = from; k < other; k++) {
            sum += values[a + k] * values[b + k];
        }
        return sum;
    }

    /// Replaces b by x, after [#factor].
    public void solve(double[] b) {
        for (int row = 0; row < size; row++) {
            double sum = b[row];
            for (int column = firstColumns[row]; column < row; column++) {
                sum -= values[rowStarts[row] + column] * b[column];
            }
            b[row] = sum / values[rowStarts[row] + row];
        }
        for (int row = size - 1; row >= 0; row--) {
            b[row] /= values[rowStarts[row] + row];
            for (int column = firstColumns[row]; column < row; column++) {
                b[column] -= values[rowStarts[row] + column] * b[row];
            }
        }
    }
}
