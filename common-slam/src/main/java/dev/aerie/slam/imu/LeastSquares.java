package dev.aerie.slam.imu;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/// A linear least-squares problem, gathered row by row and solved by the Cholesky factors of its normal equations.
final class LeastSquares {

    private static final double MIN_OWN_WEIGHT = 1e-12;

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
        var matrix = new DMatrixRMaj(normal);
        var cholesky = DecompositionFactory_DDRM.chol(size, true);
        if (!cholesky.decompose(matrix.copy()) || !isDetermined(matrix, cholesky.getT(null))) {
            return Optional.empty();
        }
        var solver = LinearSolverFactory_DDRM.chol(size);
        solver.setA(matrix);
        var solution = new DMatrixRMaj(size, 1);
        solver.solve(DMatrixRMaj.wrap(size, 1, right.clone()), solution);
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        return Optional.of(new Solution(solution.getData(), Math.sqrt(inverse.get(0, 0))));
    }

    /// Whether rounding leaves something of each unknown's own weight.
    private boolean isDetermined(DMatrixRMaj matrix, DMatrixRMaj factor) {
        for (int i = 0; i < size; i++) {
            double left = factor.get(i, i) * factor.get(i, i);
            if (!(left > MIN_OWN_WEIGHT * matrix.get(i, i))) {
                return false;
            }
        }
        return true;
    }
}
