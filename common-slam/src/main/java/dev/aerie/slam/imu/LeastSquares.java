package dev.aerie.slam.imu;

import java.util.Arrays;
import java.util.Optional;

/// A linear least-squares problem, gathered row by row and solved by the Cholesky factors of its normal equations.
final class LeastSquares {

    private final int size;
    private final double[][] normal;
    private final double[] right;
    private final int[] columns;
    private final double[] values;
    private int terms;

    LeastSquares(int size) {
        this.size = size;
        this.normal = new double[size][size];
        this.right = new double[size];
        this.columns = new int[size];
        this.values = new double[size];
    }

    /// Adds a term to the row that [#endRow] completes.
    LeastSquares term(int column, double value) {
        columns[terms] = column;
        values[terms] = value;
        terms++;
        return this;
    }

    /// The row's terms should sum up to `target`, give or take `sigma`.
    void endRow(double target, double sigma) {
        double weight = 1 / (sigma * sigma);
        for (int i = 0; i < terms; i++) {
            right[columns[i]] += weight * values[i] * target;
            for (int j = 0; j < terms; j++) {
                normal[columns[i]][columns[j]] += weight * values[i] * values[j];
            }
        }
        terms = 0;
    }

    /// What was solved for, and how sure the unknown number 0 is.
    ///
    /// - `sigmaOfFirst`: its standard deviation, if the rows' sigmas are true
    static final class Solution {
        private final double[] values;
        private final double sigmaOfFirst;

        private Solution(double[] values, double sigmaOfFirst) {
            this.values = values;
            this.sigmaOfFirst = sigmaOfFirst;
        }

        double at(int index) {
            return values[index];
        }

        double sigmaOfFirst() {
            return sigmaOfFirst;
        }
    }

    /// Empty where the rows do not determine every unknown.
    Optional<Solution> solve() {
        double[][] factor = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = normal[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                if (i == j && !(sum > 1e-12 * normal[i][i])) {
                    return Optional.empty();
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
        }
        double[] first = new double[size];
        first[0] = 1;
        return Optional.of(new Solution(back(factor, right), Math.sqrt(back(factor, first)[0])));
    }

    private double[] back(double[][] factor, double[] rightSide) {
        double[] x = Arrays.copyOf(rightSide, size);
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
