package dev.aerie.slam.solve;

import java.util.function.BooleanSupplier;

/// Moves cameras and points until they agree best with what was seen: Levenberg-Marquardt with the points
/// eliminated first (Schur complement), Huber's loss and analytic derivatives.
///
/// An iteration takes no memory. Source: Triggs et al. 2000, "Bundle Adjustment — A Modern Synthesis",
/// sections 4 and 6.
public final class BundleAdjustment {

    private static final double FIRST_DAMPING = 1e-5;
    private static final double MAX_DAMPING = 1e6;
    private static final double MIN_GAIN = 1e-4;

    private final BundleProblem problem;
    private final SchurComplementSolver reduced;
    private final Reprojection reprojection;
    private final double[] savedPoses;
    private final double[] savedPoints;

    public BundleAdjustment(BundleProblem problem) {
        this.problem = problem;
        problem.prepare();
        reduced = new SchurComplementSolver(problem);
        reprojection = new Reprojection(problem);
        savedPoses = problem.poses.clone();
        savedPoints = new double[3 * problem.pointCount];
    }

    /// Iterates until little is gained.
    ///
    /// - `isRobust`: large errors count less
    /// - returns the root of the mean squared error, in standard deviations, over what is no outlier
    public double run(int maxIterations, boolean isRobust) {
        return run(maxIterations, isRobust, () -> false);
    }

    /// As [#run(int, boolean)], but ends early when something else waits.
    ///
    /// - `isPressed`: asked before each iteration
    public double run(int maxIterations, boolean isRobust, BooleanSupplier isPressed) {
        double damping = FIRST_DAMPING;
        double cost = reprojection.cost(isRobust);
        for (int iteration = 0;
                iteration < maxIterations && damping < MAX_DAMPING && !isPressed.getAsBoolean();
                iteration++) {
            reduced.linearize(reprojection, isRobust);
            double before = cost;
            do {
                cost = attempt(damping, before, isRobust);
                damping = cost < before ? Math.max(damping / 10, 1e-9) : damping * 10;
            } while (!(cost < before) && damping < MAX_DAMPING);
            if (!(cost < before * (1 - MIN_GAIN))) {
                break;
            }
        }
        return reprojection.rootMeanSquare();
    }

    /// Takes a step; takes it back unless the cost fell. Returns the cost then.
    private double attempt(double damping, double before, boolean isRobust) {
        System.arraycopy(problem.poses, 0, savedPoses, 0, savedPoses.length);
        System.arraycopy(problem.points, 0, savedPoints, 0, savedPoints.length);
        if (reduced.step(damping)) {
            double cost = reprojection.cost(isRobust);
            if (cost < before) {
                return cost;
            }
        }
        System.arraycopy(savedPoses, 0, problem.poses, 0, savedPoses.length);
        System.arraycopy(savedPoints, 0, problem.points, 0, savedPoints.length);
        return before;
    }

    /// Marks the observations that disagree, and unmarks those that agree again; returns how many are marked.
    public int markOutliers() {
        return reprojection.markOutliers();
    }
}
