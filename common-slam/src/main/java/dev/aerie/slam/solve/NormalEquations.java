package dev.aerie.slam.solve;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;

/// Gathers H x = g for a few unknowns, and solves it by Cholesky's method. Allocates in the constructor only.
final class NormalEquations {

    private static final double MIN_DAMPING = 1e-12;

    private final int size;
    /// Its lower half only.
    private final DMatrixRMaj hessian;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj damped;
    private final DMatrixRMaj step;
    private final LinearSolverChol_DDRM solver = new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM(true));

    NormalEquations(int size) {
        this.size = size;
        hessian = new DMatrixRMaj(size, size);
        damped = new DMatrixRMaj(size, size);
        gradient = new DMatrixRMaj(size, 1);
        step = new DMatrixRMaj(size, 1);
    }

    void clear() {
        hessian.zero();
        gradient.zero();
    }

    /// Adds one residual.
    ///
    /// - `row`: its derivatives by the unknowns
    /// - `residual`: what is left to explain
    void add(double[] row, double residual, double weight) {
        for (int i = 0; i < size; i++) {
            double weighted = weight * row[i];
            gradient.data[i] += weighted * residual;
            for (int j = 0; j <= i; j++) {
                hessian.data[i * size + j] += weighted * row[j];
            }
        }
    }

    /// Solves with the diagonal enlarged by `damping` times itself; false if that cannot be done.
    boolean solve(double damping) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double sum = hessian.data[i * size + j];
                damped.data[i * size + j] = sum;
                damped.data[j * size + i] = sum;
            }
            damped.data[i * size + i] = (1 + damping) * hessian.data[i * size + i] + MIN_DAMPING;
        }
        if (!solver.setA(damped)) {
            return false;
        }
        solver.solve(gradient, step);
        return true;
    }

    /// One unknown of the last solution.
    double step(int index) {
        return step.data[index];
    }

    /// The inverse of H, row by row, after a [#solve] without damping: the covariance of the unknowns.
    double[] inverse() {
        var inverse = new DMatrixRMaj(size, size);
        solver.invert(inverse);
        return inverse.data;
    }
}
