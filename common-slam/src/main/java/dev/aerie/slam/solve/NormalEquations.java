package dev.aerie.slam.solve;

import java.util.Arrays;

/// Gathers H x = g for a few unknowns, and solves it by Cholesky's method.
final class NormalEquations {

    private final int size;
    private final double[] hessian;
    private final double[] factor;
    private final double[] gradient;
    private final double[] step;

    NormalEquations(int size) {
        this.size = size;
        hessian = new double[size * size];
        factor = new double[size * size];
        gradient = new double[size];
        step = new double[size];
    }

    void clear() {
        Arrays.fill(hessian, 0);
        Arrays.fill(gradient, 0);
    }

    /// Adds one residual.
    ///
    /// - `row`: its derivatives by the unknowns
    /// - `residual`: what is left to explain
    void add(double[] row, double residual, double weight) {
        for (int i = 0; i < size; i++) {
            double weighted = weight * row[i];
            gradient[i] += weighted * residual;
            for (int j = 0; j <= i; j++) {
                hessian[i * size + j] += weighted * row[j];
            }
        }
    }

    /// Solves with the diagonal enlarged by `damping` times itself; false if that cannot be done.
    boolean solve(double damping) {
        System.arraycopy(hessian, 0, factor, 0, hessian.length);
        for (int i = 0; i < size; i++) {
            factor[i * size + i] += damping * hessian[i * size + i] + 1e-12;
        }
        if (!decompose()) {
            return false;
        }
        System.arraycopy(gradient, 0, step, 0, size);
        substitute(step);
        return true;
    }

    private boolean decompose() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = factor[i * size + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * size + k] * factor[j * size + k];
                }
                if (i != j) {
                    factor[i * size + j] = sum / factor[j * size + j];
                } else if (sum > 0) {
                    factor[i * size + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private void substitute(double[] x) {
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i * size + k] * x[k];
            }
            x[i] /= factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= factor[k * size + i] * x[k];
            }
            x[i] /= factor[i * size + i];
        }
    }

    /// One unknown of the last solution.
    double step(int index) {
        return step[index];
    }

    /// The inverse of H, row by row, after a [#solve] without damping: the covariance of the unknowns.
    double[] inverse() {
        double[] inverse = new double[size * size];
        double[] column = new double[size];
        for (int j = 0; j < size; j++) {
            Arrays.fill(column, 0);
            column[j] = 1;
            substitute(column);
            for (int i = 0; i < size; i++) {
                inverse[i * size + j] = column[i];
            }
        }
        return inverse;
    }
}
