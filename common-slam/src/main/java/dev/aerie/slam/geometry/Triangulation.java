package dev.aerie.slam.geometry;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import java.util.Optional;

/// Where two rays meet.
public final class Triangulation {

    private static final double FARTHEST = 1e6;

    private Triangulation() {}

    /// The point in the world that two cameras see, by the linear method (Hartley & Zisserman, section 12.2).
    ///
    /// - `rayInFirst`, `rayInSecond`: in camera axes, z = 1
    /// - returns nothing if the rays are parallel as far as can be told, or the point lies behind a camera
    public static Optional<Vector3> triangulate(
            Vector3 rayInFirst, RigidTransform firstFromWorld, Vector3 rayInSecond, RigidTransform secondFromWorld) {
        double[][] rows = new double[4][];
        rows[0] = row(firstFromWorld, rayInFirst.x(), true);
        rows[1] = row(firstFromWorld, rayInFirst.y(), false);
        rows[2] = row(secondFromWorld, rayInSecond.x(), true);
        rows[3] = row(secondFromWorld, rayInSecond.y(), false);
        double[] h = new SymmetricEigen(normalMatrix(rows)).smallest();
        if (Math.abs(h[3]) * FARTHEST < 1) {
            return Optional.empty();
        }
        var point = new Vector3(h[0] / h[3], h[1] / h[3], h[2] / h[3]);
        boolean inFront = firstFromWorld.apply(point).z() > 0
                && secondFromWorld.apply(point).z() > 0;
        return inFront ? Optional.of(point) : Optional.empty();
    }

    /// coordinate · (third row of the camera matrix) - (its first or second row)
    private static double[] row(RigidTransform camera, double coordinate, boolean isX) {
        var r = camera.rotation();
        var t = camera.translation();
        return isX
                ? new double[] {
                    coordinate * r.m20() - r.m00(),
                    coordinate * r.m21() - r.m01(),
                    coordinate * r.m22() - r.m02(),
                    coordinate * t.z() - t.x()
                }
                : new double[] {
                    coordinate * r.m20() - r.m10(),
                    coordinate * r.m21() - r.m11(),
                    coordinate * r.m22() - r.m12(),
                    coordinate * t.z() - t.y()
                };
    }

    private static double[][] normalMatrix(double[][] rows) {
        double[][] normal = new double[4][4];
        for (double[] row : rows) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    normal[i][j] += row[i] * row[j];
                }
            }
        }
        return normal;
    }

    /// Cosine of the angle under which a point sees two places: near 1 where there is no parallax.
    public static double parallaxCosine(Vector3 point, Vector3 firstPosition, Vector3 secondPosition) {
        var toFirst = firstPosition.minus(point);
        var toSecond = secondPosition.minus(point);
        return toFirst.dot(toSecond) / (toFirst.length() * toSecond.length());
    }
}
