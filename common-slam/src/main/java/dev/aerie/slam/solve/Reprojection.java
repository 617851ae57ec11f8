package dev.aerie.slam.solve;

/// How far points are seen from where they should be, and how that changes as cameras and points move.
final class Reprojection {

    private static final double HUBER = Math.sqrt(PoseGaussNewton.CHI2);
    private static final double NEAREST = 1e-6;

    private final BundleProblem problem;
    private final double focalX;
    private final double focalY;
    private final double centreX;
    private final double centreY;

    /// Of the observation last looked at: the point in camera axes, and the error in pixels.
    double x;

    double y;
    double z;
    double errorX;
    double errorY;

    /// Derivatives of where the point is seen: by the camera's turn and shift (2 × 6), by the point's place (2
    /// × 3).
    final double[] byCamera = new double[12];

    final double[] byPoint = new double[6];

    Reprojection(BundleProblem problem) {
        this.problem = problem;
        focalX = problem.pinhole().focalXPixels();
        focalY = problem.pinhole().focalYPixels();
        centreX = problem.pinhole().centreXPixels();
        centreY = problem.pinhole().centreYPixels();
    }

    /// Looks at an observation; false if the point lies behind the camera.
    boolean evaluate(int point, int observation) {
        double[] pose = problem.poses;
        int c = 12 * problem.observingCamera[observation];
        double px = problem.points[3 * point];
        double py = problem.points[3 * point + 1];
        double pz = problem.points[3 * point + 2];
        x = pose[c] * px + pose[c + 1] * py + pose[c + 2] * pz + pose[c + 9];
        y = pose[c + 3] * px + pose[c + 4] * py + pose[c + 5] * pz + pose[c + 10];
        z = pose[c + 6] * px + pose[c + 7] * py + pose[c + 8] * pz + pose[c + 11];
        if (!(z > NEAREST)) {
            return false;
        }
        errorX = problem.pixels[2 * observation] - focalX * x / z - centreX;
        errorY = problem.pixels[2 * observation + 1] - focalY * y / z - centreY;
        return true;
    }

    /// Squared error of the observation last looked at, in variances.
    double chi2(int observation) {
        return problem.information[observation] * (errorX * errorX + errorY * errorY);
    }

    /// What the observation last looked at counts, in 1 / pixels².
    double weight(int observation, boolean isRobust) {
        double chi2 = chi2(observation);
        double information = problem.information[observation];
        return isRobust && chi2 > PoseGaussNewton.CHI2 ? information * HUBER / Math.sqrt(chi2) : information;
    }

    /// Fills [#byCamera] and [#byPoint] for the observation last looked at.
    void differentiate(int observation) {
        double fx = focalX / z;
        double fy = focalY / z;
        double gx = -fx * x / z;
        double gy = -fy * y / z;
        byCamera[0] = gx * y;
        byCamera[1] = focalX - gx * x;
        byCamera[2] = -fx * y;
        byCamera[3] = fx;
        byCamera[4] = 0;
        byCamera[5] = gx;
        byCamera[6] = gy * y - focalY;
        byCamera[7] = -gy * x;
        byCamera[8] = fy * x;
        byCamera[9] = 0;
        byCamera[10] = fy;
        byCamera[11] = gy;
        double[] pose = problem.poses;
        int c = 12 * problem.observingCamera[observation];
        for (int i = 0; i < 3; i++) {
            byPoint[i] = fx * pose[c + i] + gx * pose[c + 6 + i];
            byPoint[3 + i] = fy * pose[c + 3 + i] + gy * pose[c + 6 + i];
        }
    }

    /// Sum over all observations but outliers; a point behind a camera that sees it counts as ten deviations
    /// off.
    double cost(boolean isRobust) {
        double sum = 0;
        for (int point = 0; point < problem.pointCount; point++) {
            for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
                if (!problem.isOutlier[o]) {
                    double chi2 = evaluate(point, o) ? chi2(o) : 100 * PoseGaussNewton.CHI2;
                    sum += isRobust && chi2 > PoseGaussNewton.CHI2
                            ? 2 * HUBER * Math.sqrt(chi2) - PoseGaussNewton.CHI2
                            : chi2;
                }
            }
        }
        return sum;
    }

    double rootMeanSquare() {
        int count = 0;
        for (int o = 0; o < problem.observationCount; o++) {
            count += problem.isOutlier[o] ? 0 : 1;
        }
        return Math.sqrt(cost(false) / Math.max(1, count));
    }

    int markOutliers() {
        int count = 0;
        for (int point = 0; point < problem.pointCount; point++) {
            for (int o = problem.firstObservations[point]; o < problem.firstObservations[point + 1]; o++) {
                problem.isOutlier[o] = !evaluate(point, o) || chi2(o) > PoseGaussNewton.CHI2;
                count += problem.isOutlier[o] ? 1 : 0;
            }
        }
        return count;
    }
}
