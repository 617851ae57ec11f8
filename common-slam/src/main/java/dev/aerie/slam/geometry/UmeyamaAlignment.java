package dev.aerie.slam.geometry;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The similarity or rigid motion that aligns one set of points to another with the least squared error.
///
/// Source: Horn 1987, "Closed-form solution of absolute orientation using unit quaternions"; the scale after
/// Umeyama 1991, equation 42.
public final class UmeyamaAlignment {

    private UmeyamaAlignment() {}

    /// `toFromFrom`: takes each point of `from` to its partner in `to`; at least 3 points, not on one line.
    ///
    /// - `isScaled`: whether the scale is solved for; otherwise, and where the points lie in one position, it is 1
    public static Sim3 align(List<Vector3> from, List<Vector3> to, boolean isScaled) {
        var fromCentre = centre(from);
        var toCentre = centre(to);
        var rotation = rotation(from, fromCentre, to, toCentre);
        double scale =
                isScaled ? scale(rotation, from, fromCentre, to, toCentre).orElse(1) : 1;
        return similarity(rotation, fromCentre, toCentre, scale);
    }

    /// `toFromFrom` of a known rotation, with its scale; empty where the points tell none.
    public static Optional<Sim3> alignTurned(Rotation rotation, List<Vector3> from, List<Vector3> to) {
        var fromCentre = centre(from);
        var toCentre = centre(to);
        var scale = scale(rotation, from, fromCentre, to, toCentre);
        return scale.isPresent()
                ? Optional.of(similarity(rotation, fromCentre, toCentre, scale.getAsDouble()))
                : Optional.empty();
    }

    private static Sim3 similarity(Rotation rotation, Vector3 fromCentre, Vector3 toCentre, double scale) {
        return new Sim3(rotation, toCentre.minus(rotation.apply(fromCentre).times(scale)), scale);
    }

    private static OptionalDouble scale(
            Rotation rotation, List<Vector3> from, Vector3 fromCentre, List<Vector3> to, Vector3 toCentre) {
        double spread = 0;
        double along = 0;
        for (int i = 0; i < from.size(); i++) {
            var p = from.get(i).minus(fromCentre);
            spread += p.dot(p);
            along += to.get(i).minus(toCentre).dot(rotation.apply(p));
        }
        return along > 0 && spread > 0 ? OptionalDouble.of(along / spread) : OptionalDouble.empty();
    }

    /// The mean of points.
    public static Vector3 centre(List<Vector3> points) {
        var sum = Vector3.ZERO;
        for (var point : points) {
            sum = sum.plus(point);
        }
        return sum.times(1.0 / points.size());
    }

    private static Rotation rotation(List<Vector3> from, Vector3 fromCentre, List<Vector3> to, Vector3 toCentre) {
        double[][] s = new double[3][3];
        for (int i = 0; i < from.size(); i++) {
            var a = from.get(i).minus(fromCentre);
            var b = to.get(i).minus(toCentre);
            addOuter(s[0], a.x(), b);
            addOuter(s[1], a.y(), b);
            addOuter(s[2], a.z(), b);
        }
        double[] q = new SymmetricEigen(hornMatrix(s)).largest();
        return Rotation.ofQuaternion(q[0], q[1], q[2], q[3]);
    }

    private static void addOuter(double[] row, double factor, Vector3 v) {
        row[0] += factor * v.x();
        row[1] += factor * v.y();
        row[2] += factor * v.z();
    }

    private static double[][] hornMatrix(double[][] s) {
        double yz = s[1][2] - s[2][1];
        double zx = s[2][0] - s[0][2];
        double xy = s[0][1] - s[1][0];
        return new double[][] {
            {s[0][0] + s[1][1] + s[2][2], yz, zx, xy},
            {yz, s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
            {zx, s[0][1] + s[1][0], s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
            {xy, s[2][0] + s[0][2], s[1][2] + s[2][1], s[2][2] - s[0][0] - s[1][1]}
        };
    }
}
