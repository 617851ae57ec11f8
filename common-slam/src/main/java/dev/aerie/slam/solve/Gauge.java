package dev.aerie.slam.solve;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;

/// Holds a camera's place and its heading about Z to what they were; it may tilt.
///
/// - `camera`: its number in the problem; it must be free
record Gauge(int camera, RigidTransform worldFromCamera) {

    private static final double SIGMA = 1e-4; // metres and radians
    private static final double INFORMATION = 1 / (SIGMA * SIGMA);
    private static final int RESIDUALS = 4;
    private static final int UNKNOWNS = 6;

    double cost(BundleProblem problem) {
        double sum = 0;
        for (double value : residual(problem)) {
            sum += INFORMATION * value * value;
        }
        return sum;
    }

    /// Of the place in the world's axes, then of the heading.
    private double[] residual(BundleProblem problem) {
        var now = problem.pose(camera).inverse();
        var moved = now.translation().minus(worldFromCamera.translation());
        var turned = now.rotation().times(worldFromCamera.rotation().inverse()).log();
        return new double[] {moved.x(), moved.y(), moved.z(), turned.z()};
    }

    /// Adds its damped normal equations.
    ///
    /// - `at`: where the camera's six unknowns are
    void addTo(SkylineCholesky system, double[] right, BundleProblem problem, int at, double damping) {
        double[] residual = residual(problem);
        double[][] derivative = derivative(problem);
        for (int i = 0; i < UNKNOWNS; i++) {
            for (int row = 0; row < RESIDUALS; row++) {
                right[at + i] -= INFORMATION * derivative[row][i] * residual[row];
                for (int j = 0; j <= i; j++) {
                    double value = INFORMATION * derivative[row][i] * derivative[row][j];
                    system.add(at + i, at + j, i == j ? value * (1 + damping) : value);
                }
            }
        }
    }

    /// As [PoseUpdate] moves a pose: the place moves by −R t, the world's axes turn by −R ω.
    private double[][] derivative(BundleProblem problem) {
        var axes = problem.pose(camera).rotation(); // its columns are the world's axes as the camera has them
        double[][] derivative = new double[RESIDUALS][UNKNOWNS];
        Vector3[] world = {axes.xAxis(), axes.yAxis(), axes.zAxis()};
        for (int row = 0; row < RESIDUALS; row++) {
            var axis = world[Math.min(row, 2)];
            int from = row < 3 ? 3 : 0;
            derivative[row][from] = -axis.x();
            derivative[row][from + 1] = -axis.y();
            derivative[row][from + 2] = -axis.z();
        }
        return derivative;
    }
}
