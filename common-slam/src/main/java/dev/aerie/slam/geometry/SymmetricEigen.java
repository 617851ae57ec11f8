package dev.aerie.slam.geometry;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Eigenvectors of a small symmetric matrix.
final class SymmetricEigen {

    private final EigenDecomposition_F64<DMatrixRMaj> eigen;

    /// - `symmetric`: size × size; not modified
    ///
    /// Throws [IllegalArgumentException] for a matrix with a number that is not finite.
    SymmetricEigen(double[][] symmetric) {
        eigen = DecompositionFactory_DDRM.eig(symmetric.length, true, true);
        if (!eigen.decompose(new DMatrixRMaj(symmetric))) {
            throw new IllegalArgumentException("matrix has no eigenvectors");
        }
    }

    /// The unit eigenvector of the smallest eigenvalue.
    double[] smallest() {
        int best = 0;
        for (int i = 1; i < eigen.getNumberOfEigenvalues(); i++) {
            best = value(i) < value(best) ? i : best;
        }
        return vector(best);
    }

    /// The unit eigenvector of the largest eigenvalue.
    double[] largest() {
        int best = 0;
        for (int i = 1; i < eigen.getNumberOfEigenvalues(); i++) {
            best = value(i) > value(best) ? i : best;
        }
        return vector(best);
    }

    private double value(int index) {
        return eigen.getEigenvalue(index).getReal();
    }

    private double[] vector(int index) {
        return eigen.getEigenVector(index).getData().clone();
    }
}
