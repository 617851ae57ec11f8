package dev.aerie.slam.tracking;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.tuning.TwoViewConfig;
import java.util.ArrayList;
import java.util.Arrays;

/// Two frames taken from one place: by a rotation alone, fitted again and again to the pairs that it
/// explains best.
///
/// Where a turn explains most, no depth can be told, whatever noise and those who walk by pretend.
final class RotationOnlyModel {

    private RotationOnlyModel() {}

    /// Which of the pairs the turn explains.
    ///
    /// - `pairs`: at least one
    /// - `focalPixels`: says how large a pixel is among rays
    static boolean[] inliers(BearingPairs pairs, double focalPixels, TwoViewConfig config) {
        double outlier = config.rotationOutlierPixels() / focalPixels;
        double[] errors = new double[pairs.count()];
        double max = Double.POSITIVE_INFINITY;
        for (int round = 0; round < config.rotationRounds(); round++) {
            var secondFromFirst = fit(pairs, errors, max);
            for (int i = 0; i < errors.length; i++) {
                errors[i] = error(secondFromFirst, pairs.first(i), pairs.second(i));
            }
            double[] sorted = errors.clone();
            Arrays.sort(sorted);
            max = Math.max(outlier, config.rotationTrimMedians() * sorted[sorted.length / 2]);
        }
        boolean[] inliers = new boolean[errors.length];
        for (int i = 0; i < errors.length; i++) {
            inliers[i] = errors[i] < outlier;
        }
        return inliers;
    }

    /// The rotation that fits those pairs best whose error is not larger than `max`.
    private static Rotation fit(BearingPairs pairs, double[] errors, double max) {
        var from = new ArrayList<Vector3>();
        var to = new ArrayList<Vector3>();
        for (int i = 0; i < errors.length; i++) {
            if (errors[i] <= max) {
                // with its opposite, so that the middle of all stays where the camera is
                from.add(pairs.first(i).normalized());
                from.add(pairs.first(i).normalized().times(-1));
                to.add(pairs.second(i).normalized());
                to.add(pairs.second(i).normalized().times(-1));
            }
        }
        return UmeyamaAlignment.align(from, to, false).rotation();
    }

    /// How far apart two rays meet the plane at depth 1.
    private static double error(Rotation secondFromFirst, Vector3 first, Vector3 second) {
        var rotated = secondFromFirst.apply(first);
        return rotated.z() > 0
                ? Math.hypot(rotated.x() / rotated.z() - second.x(), rotated.y() / rotated.z() - second.y())
                : Double.POSITIVE_INFINITY;
    }
}
