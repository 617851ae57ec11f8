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
    private static final double LEAST_GAIN = 1e-7;

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
        return run(maxIterations, isRobust, isPressed, MIN_GAIN);
    }

    /// As [#run(int, boolean)], but until hardly anything is gained: what readings say of the scale is a small part of
    /// the cost.
    public double runToTheEnd(int maxIterations, boolean isRobust) {
        return run(maxIterations, isRobust, () -> false, LEAST_GAIN);
    }

    private double run(int maxIterations, boolean isRobust, BooleanSupplier isPressed, double minGain) {
        double damping = FIRST_DAMPING;
        double cost = cost(isRobust);
        for (int iteration = 0;
                iteration < maxIterations && damping < MAX_DAMPING && !isPressed.getAsBoolean();
                iteration++) {
            reduced.linearize(reprojection, isRobust);
            double before = cost;
            do {
                cost = attempt(damping, before, isRobust);
                damping = cost < before ? Math.max(damping / 10, 1e-9) : damping * 10;
            } while (!(cost < before) && damping < MAX_DAMPING);
            if (!(cost < before * (1 - minGain))) {
                break;
            }
        }
        return reprojection.rootMeanSquare();
    }

    /// Takes a step; takes it back unless the cost fell. Returns the cost then.
    private double attempt(double damping, double before, boolean isRobust) {
        System.arraycopy(problem.poses, 0, savedPoses, 0, savedPoses.length);
        System.arraycopy(problem.points, 0, savedPoints, 0, savedPoints.length);
        problem.inertial.ifPresent(InertialTerms::save);
        if (reduced.step(damping)) {
            double cost = cost(isRobust);
            if (cost < before) {
                return cost;
            }
        }
        System.arraycopy(savedPoses, 0, problem.poses, 0, savedPoses.length);
        System.arraycopy(savedPoints, 0, problem.points, 0, savedPoints.length);
        problem.inertial.ifPresent(InertialTerms::restore);
        return before;
    }

    private double cost(boolean isRobust) {
        double seen = reprojection.cost(isRobust);
        return problem.inertial.map(inertial -> seen + inertial.cost(problem)).orElse(seen);
    }

    /// Marks the observations that disagree, and unmarks those that agree again; returns how many are marked.
    public int markOutliers() {
        return reprojection.markOutliers();
    }
}
