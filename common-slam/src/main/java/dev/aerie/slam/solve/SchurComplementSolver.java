package dev.aerie.slam.solve;

import java.util.Arrays;

/// The normal equations of a bundle adjustment, with the points eliminated: a system over the free cameras
/// and their motions alone.
///
/// Source: Triggs et al. 2000, section 6.1; Hartley & Zisserman, appendix A6.3.
final class SchurComplementSolver {

    private final BundleProblem problem;
    private final SkylineCholesky system;

    /// For each free camera: its 6 × 6 block and its gradient.
    private final double[] cameraBlocks;

    private final double[] cameraGradient;

    /// For each point: xx, xy, xz, yy, yz, zz of its block, and its gradient.
    private final double[] pointBlocks;

    private final double[] pointGradient;

    /// For each observation: the 6 × 3 block between its camera and its point.
    private final double[] mixedBlocks;

    /// Of the point being eliminated: its observations by free cameras, and those cameras' numbers.
    private final int[] observations;

    private final int[] observerIndices;
    private final double[] step;

    /// Where the cameras' unknowns begin: behind those of their motions.
    private final int offset;

    private final double[] inverse = new double[6];
    private final double[] product = new double[18];

    SchurComplementSolver(BundleProblem problem) {
        this.problem = problem;
        int unknowns = 6 * problem.freeCount;
        offset = problem.inertial.map(InertialTerms::unknowns).orElse(0);
        cameraBlocks = new double[36 * problem.freeCount];
        cameraGradient = new double[unknowns];
        pointBlocks = new double[6 * problem.pointCount];
        pointGradient = new double[3 * problem.pointCount];
        mixedBlocks = new double[18 * problem.observationCount];
        observations = new int[maxObservationsOfAPoint()];
        observerIndices = new int[observations.length];
        step = new double[offset + unknowns];
        system = new SkylineCholesky(firstColumns());
    }

    private int maxObservationsOfAPoint() {
        int max = 0;
        for (int point = 0; point < problem.pointCount; point++) {
            max = Math.max(max, problem.firstObservations[point + 1] - problem.firstObservations[point]);
        }
        return max;
    }

    /// A camera's row begins at the first camera with which it shares a point.
    private int[] firstColumns() {
        int[] first = new int[problem.freeCount];
        Arrays.setAll(first, i -> i);
        for (int point = 0; point < problem.pointCount; point++) {
            int min = Integer.MAX_VALUE;
            for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
                int free = problem.freeIndex[problem.observingCamera[o]];
                min = free < 0 ? min : Math.min(min, free);
            }
            for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
                int free = problem.freeIndex[problem.observingCamera[o]];
                if (free >= 0) {
                    first[free] = Math.min(first[free], min);
                }
            }
        }
        int[] columns = new int[offset + 6 * problem.freeCount];
        Arrays.setAll(columns, row -> row < offset ? row : offset + 6 * first[(row - offset) / 6]);
        problem.inertial.ifPresent(inertial -> inertial.widen(problem, columns));
        return columns;
    }

    /// Gathers the equations at the present place of everything.
    void linearize(Reprojection reprojection, boolean isRobust) {
        Arrays.fill(cameraBlocks, 0);
        Arrays.fill(cameraGradient, 0);
        Arrays.fill(pointBlocks, 0);
        Arrays.fill(pointGradient, 0);
        Arrays.fill(mixedBlocks, 0);
        problem.inertial.ifPresent(inertial -> inertial.linearize(problem));
        for (int point = 0; point < problem.pointCount; point++) {
            for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
                if (!problem.isOutlier[o] && reprojection.evaluate(point, o)) {
                    reprojection.differentiate(o);
                    double weight = reprojection.weight(o, isRobust);
                    addPoint(point, reprojection, weight);
                    int free = problem.freeIndex[problem.observingCamera[o]];
                    if (free >= 0) {
                        addCamera(free, reprojection, weight);
                        addMixed(o, reprojection, weight);
                    }
                }
            }
        }
    }

    private void addPoint(int point, Reprojection at, double weight) {
        double[] d = at.byPoint;
        int block = 6 * point;
        for (int i = 0; i < 3; i++) {
            pointGradient[3 * point + i] += weight * (d[i] * at.errorX + d[3 + i] * at.errorY);
            for (int j = i; j < 3; j++) {
                pointBlocks[block++] += weight * (d[i] * d[j] + d[3 + i] * d[3 + j]);
            }
        }
    }

    private void addCamera(int free, Reprojection at, double weight) {
        double[] d = at.byCamera;
        for (int i = 0; i < 6; i++) {
            double dx = weight * d[i];
            double dy = weight * d[6 + i];
            cameraGradient[6 * free + i] += dx * at.errorX + dy * at.errorY;
            for (int j = 0; j <= i; j++) {
                cameraBlocks[36 * free + 6 * i + j] += dx * d[j] + dy * d[6 + j];
            }
        }
    }

    private void addMixed(int observation, Reprojection at, double weight) {
        for (int i = 0; i < 6; i++) {
            double dx = weight * at.byCamera[i];
            double dy = weight * at.byCamera[6 + i];
            for (int j = 0; j < 3; j++) {
                mixedBlocks[18 * observation + 3 * i + j] = dx * at.byPoint[j] + dy * at.byPoint[3 + j];
            }
        }
    }

    /// Moves cameras and points by one damped step; false if there is none.
    boolean step(double damping) {
        assemble(damping);
        if (!system.factor()) {
            return false;
        }
        system.solve(step);
        for (int point = 0; point < problem.pointCount; point++) {
            movePoint(point, damping);
        }
        for (int camera = 0; camera < problem.cameraCount(); camera++) {
            if (problem.freeIndex[camera] >= 0) {
                PoseUpdate.apply(problem.poses, 12 * camera, step, offset + 6 * problem.freeIndex[camera]);
            }
        }
        problem.inertial.ifPresent(inertial -> inertial.apply(step));
        return true;
    }

    private void assemble(double damping) {
        system.clear();
        Arrays.fill(step, 0, offset, 0);
        System.arraycopy(cameraGradient, 0, step, offset, cameraGradient.length);
        for (int free = 0; free < problem.freeCount; free++) {
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j <= i; j++) {
                    double value = cameraBlocks[36 * free + 6 * i + j];
                    system.add(
                            offset + 6 * free + i,
                            offset + 6 * free + j,
                            i == j ? value * (1 + damping) + 1e-9 : value);
                }
            }
        }
        problem.inertial.ifPresent(inertial -> inertial.addTo(system, step, problem, damping));
        for (int point = 0; point < problem.pointCount; point++) {
            if (invert(point, damping)) {
                eliminate(point);
            }
        }
    }

    /// Takes a point out of the equations: what it says about each pair of cameras that see it.
    private void eliminate(int point) {
        int count = gatherObservers(point);
        double x = pointGradient[3 * point];
        double y = pointGradient[3 * point + 1];
        double z = pointGradient[3 * point + 2];
        for (int a = 0; a < count; a++) {
            int row = offset + 6 * observerIndices[a];
            multiplyByInverse(18 * observations[a]);
            for (int i = 0; i < 6; i++) {
                step[row + i] -= product[3 * i] * x + product[3 * i + 1] * y + product[3 * i + 2] * z;
            }
            for (int b = 0; b < count; b++) {
                int column = offset + 6 * observerIndices[b];
                if (column < row) {
                    system.subtractProduct(row, column, product, mixedBlocks, 18 * observations[b]);
                } else if (column == row) {
                    system.subtractProductOnDiagonal(row, product, mixedBlocks, 18 * observations[b]);
                }
            }
        }
    }

    /// Fills [#observations] and [#observerIndices] with the free cameras that see a point; returns how many do.
    private int gatherObservers(int point) {
        int count = 0;
        for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
            int free = problem.freeIndex[problem.observingCamera[o]];
            if (free >= 0 && !problem.isOutlier[o]) {
                observations[count] = o;
                observerIndices[count++] = free;
            }
        }
        return count;
    }

    /// product = mixed block · inverse of the point's block
    private void multiplyByInverse(int m) {
        for (int i = 0; i < 6; i++) {
            double a = mixedBlocks[m + 3 * i];
            double b = mixedBlocks[m + 3 * i + 1];
            double c = mixedBlocks[m + 3 * i + 2];
            product[3 * i] = a * inverse[0] + b * inverse[1] + c * inverse[2];
            product[3 * i + 1] = a * inverse[1] + b * inverse[3] + c * inverse[4];
            product[3 * i + 2] = a * inverse[2] + b * inverse[4] + c * inverse[5];
        }
    }

    /// Inverts a point's damped block; false if too little is known of the point.
    private boolean invert(int point, double damping) {
        int b = 6 * point;
        double xx = pointBlocks[b] * (1 + damping) + 1e-12;
        double xy = pointBlocks[b + 1];
        double xz = pointBlocks[b + 2];
        double yy = pointBlocks[b + 3] * (1 + damping) + 1e-12;
        double yz = pointBlocks[b + 4];
        double zz = pointBlocks[b + 5] * (1 + damping) + 1e-12;
        double cx = yy * zz - yz * yz;
        double cy = xz * yz - xy * zz;
        double cz = xy * yz - xz * yy;
        double determinant = xx * cx + xy * cy + xz * cz;
        if (!(determinant > 1e-30)) {
            return false;
        }
        inverse[0] = cx / determinant;
        inverse[1] = cy / determinant;
        inverse[2] = cz / determinant;
        inverse[3] = (xx * zz - xz * xz) / determinant;
        inverse[4] = (xy * xz - xx * yz) / determinant;
        inverse[5] = (xx * yy - xy * xy) / determinant;
        return true;
    }

    private void movePoint(int point, double damping) {
        if (!invert(point, damping)) {
            return;
        }
        double x = pointGradient[3 * point];
        double y = pointGradient[3 * point + 1];
        double z = pointGradient[3 * point + 2];
        for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
            int free = problem.freeIndex[problem.observingCamera[o]];
            if (free >= 0 && !problem.isOutlier[o]) {
                for (int i = 0; i < 6; i++) {
                    x -= mixedBlocks[18 * o + 3 * i] * step[offset + 6 * free + i];
                    y -= mixedBlocks[18 * o + 3 * i + 1] * step[offset + 6 * free + i];
                    z -= mixedBlocks[18 * o + 3 * i + 2] * step[offset + 6 * free + i];
                }
            }
        }
        problem.points[3 * point] += inverse[0] * x + inverse[1] * y + inverse[2] * z;
        problem.points[3 * point + 1] += inverse[1] * x + inverse[3] * y + inverse[4] * z;
        problem.points[3 * point + 2] += inverse[2] * x + inverse[4] * y + inverse[5] * z;
    }
}
