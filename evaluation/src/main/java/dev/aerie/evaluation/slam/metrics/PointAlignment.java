package dev.aerie.evaluation.slam.metrics;

import dev.aerie.slam.geometry.Rotation;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.Vector3;
import java.util.List;

/// The least-squares similarity between two sets of corresponding points.
///
/// Source: Horn 1987, "Closed-form solution of absolute orientation using unit quaternions", with the scale of
/// Umeyama 1991: exact where the source has no error, as in a comparison with the truth.
public final class PointAlignment {

    private PointAlignment() {}

    /// `targetFromSource`; throws [IllegalArgumentException] for fewer than three points, or coincident source points.
    ///
    /// For collinear points the rotation about their line is arbitrary.
    public static Sim3 align(List<Vector3> source, List<Vector3> target, boolean isScaled) {
        if (source.size() != target.size() || source.size() < 3) {
            throw new IllegalArgumentException(
                    "alignment needs three pairs of points, had " + source.size() + " and " + target.size());
        }
        var sourceMean = mean(source);
        var targetMean = mean(target);
        double[][] cross = new double[3][3];
        double spread = 0;
        for (int i = 0; i < source.size(); i++) {
            var s = source.get(i).minus(sourceMean);
            addOuter(cross, s, target.get(i).minus(targetMean));
            spread += s.dot(s);
        }
        if (!(spread > 0)) {
            throw new IllegalArgumentException("alignment needs points at different positions");
        }
        var rotation = rotation(cross);
        double scale = isScaled ? trace(rotation, cross) / spread : 1;
        if (!(scale > 0)) {
            throw new IllegalArgumentException("the points do not correspond: their best scale is " + scale);
        }
        var translation = targetMean.minus(rotation.apply(sourceMean).times(scale));
        return new Sim3(rotation, translation, scale);
    }

    private static Vector3 mean(List<Vector3> points) {
        var sum = Vector3.ZERO;
        for (var point : points) {
            sum = sum.plus(point);
        }
        return sum.times(1.0 / points.size());
    }

    private static void addOuter(double[][] sum, Vector3 a, Vector3 b) {
        double[] left = {a.x(), a.y(), a.z()};
        double[] right = {b.x(), b.y(), b.z()};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                sum[i][j] += left[i] * right[j];
            }
        }
    }

    /// The rotation whose quaternion is the eigenvector of the largest eigenvalue of Horn's matrix N.
    private static Rotation rotation(double[][] s) {
        double[][] n = {
            {s[0][0] + s[1][1] + s[2][2], s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]},
            {s[1][2] - s[2][1], s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
            {s[2][0] - s[0][2], s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
            {s[0][1] - s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]}
        };
        double[] q = SymmetricMatrix.largestEigenvector(n);
        return Rotation.ofQuaternion(q[0], q[1], q[2], q[3]);
    }

    /// Sum over all points of target · R source.
    private static double trace(Rotation r, double[][] cross) {
        return r.m00() * cross[0][0]
                + r.m01() * cross[1][0]
                + r.m02() * cross[2][0]
                + r.m10() * cross[0][1]
                + r.m11() * cross[1][1]
                + r.m12() * cross[2][1]
                + r.m20() * cross[0][2]
                + r.m21() * cross[1][2]
                + r.m22() * cross[2][2];
    }
}
