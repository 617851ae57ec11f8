package dev.aerie.slam.geometry;

/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub & Van Loan, section
/// 8.5).
final class SymmetricEigen {

    private static final int MAX_SWEEPS = 30;

    private final int size;
    private final double[][] matrix;
    private final double[][] vectors;

    /// - `symmetric`: size × size; left as it is
    SymmetricEigen(double[][] symmetric) {
        size = symmetric.length;
        matrix = new double[size][];
        vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            matrix[i] = symmetric[i].clone();
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS && offDiagonal() > 0; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(p, q);
                }
            }
        }
    }

    /// Sum of what is left beside the diagonal; 0 once it is below rounding.
    private double offDiagonal() {
        double off = 0;
        double on = 0;
        for (int i = 0; i < size; i++) {
            on += Math.abs(matrix[i][i]);
            for (int j = i + 1; j < size; j++) {
                off += Math.abs(matrix[i][j]);
            }
        }
        return off > 1e-16 * on ? off : 0;
    }

    private void rotate(int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < size; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = c * kp - s * kq;
            matrix[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < size; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = c * pk - s * qk;
            matrix[q][k] = s * pk + c * qk;
            double vp = vectors[k][p];
            double vq = vectors[k][q];
            vectors[k][p] = c * vp - s * vq;
            vectors[k][q] = s * vp + c * vq;
        }
    }

    /// The unit eigenvector of the smallest eigenvalue.
    double[] smallest() {
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = matrix[i][i] < matrix[best][best] ? i : best;
        }
        return column(best);
    }

    /// The unit eigenvector of the largest eigenvalue.
    double[] largest() {
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = matrix[i][i] > matrix[best][best] ? i : best;
        }
        return column(best);
    }

    private double[] column(int index) {
        double[] column = new double[size];
        for (int i = 0; i < size; i++) {
            column[i] = vectors[i][index];
        }
        return column;
    }
}
