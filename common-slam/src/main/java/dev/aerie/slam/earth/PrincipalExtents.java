package dev.aerie.slam.earth;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// How far a cloud of places reaches: standard deviations along its longest axis and along the next.
record PrincipalExtents(double alongMetres, double acrossMetres) {

    static PrincipalExtents of(List<Vector3> positions) {
        double[][] m = covariance(positions);
        var first = longestAxis(m, new Vector3(1, 0.7, 0.4));
        double along = variance(m, first);
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                m[row][column] -= along * component(first, row) * component(first, column);
            }
        }
        double across = variance(m, longestAxis(m, new Vector3(-0.4, 1, 0.7)));
        return new PrincipalExtents(Math.sqrt(Math.max(0, along)), Math.sqrt(Math.max(0, across)));
    }

    private static double[][] covariance(List<Vector3> positions) {
        var sum = Vector3.ZERO;
        for (var position : positions) {
            sum = sum.plus(position);
        }
        var centre = sum.times(1.0 / positions.size());
        double[][] m = new double[3][3];
        for (var position : positions) {
            var off = position.minus(centre);
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    m[row][column] += component(off, row) * component(off, column) / positions.size();
                }
            }
        }
        return m;
    }

    /// By repeated multiplication.
    private static Vector3 longestAxis(double[][] m, Vector3 first) {
        var axis = first.normalized();
        for (int round = 0; round < 50; round++) {
            var next = times(m, axis);
            if (!(next.length() > 1e-12)) {
                return axis;
            }
            axis = next.normalized();
        }
        return axis;
    }

    private static double variance(double[][] m, Vector3 axis) {
        return axis.dot(times(m, axis));
    }

    private static Vector3 times(double[][] m, Vector3 v) {
        return new Vector3(row(m[0]).dot(v), row(m[1]).dot(v), row(m[2]).dot(v));
    }

    private static Vector3 row(double[] row) {
        return new Vector3(row[0], row[1], row[2]);
    }

    private static double component(Vector3 v, int axis) {
        return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
    }
}
