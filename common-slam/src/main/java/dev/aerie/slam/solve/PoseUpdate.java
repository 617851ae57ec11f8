package dev.aerie.slam.solve;

/// Turns and shifts a pose kept as twelve numbers, in its place.
final class PoseUpdate {

    private PoseUpdate() {}

    /// pose ← exp(step) · pose
    ///
    /// - `pose`: rotation row by row, then translation, from index `p`
    /// - `step`: a turn in radians, then a shift, from index `s`
    static void apply(double[] pose, int p, double[] step, int s) {
        double wx = step[s];
        double wy = step[s + 1];
        double wz = step[s + 2];
        double angle2 = wx * wx + wy * wy + wz * wz;
        double angle = Math.sqrt(angle2);
        double a = angle < 1e-6 ? 1 - angle2 / 6 : StrictMath.sin(angle) / angle;
        double b = angle < 1e-6 ? 0.5 - angle2 / 24 : (1 - StrictMath.cos(angle)) / angle2;
        for (int column = 0; column < 3; column++) {
            rotation(pose, p + column, 3, wx, wy, wz, a, b);
        }
        rotation(pose, p + 9, 1, wx, wy, wz, a, b);
        pose[p + 9] += step[s + 3];
        pose[p + 10] += step[s + 4];
        pose[p + 11] += step[s + 5];
    }

    /// v ← v + a w × v + b w × (w × v), for the three numbers from `at`, `stride` apart (Rodrigues).
    private static void rotation(double[] v, int at, int stride, double wx, double wy, double wz, double a, double b) {
        double x = v[at];
        double y = v[at + stride];
        double z = v[at + 2 * stride];
        double cx = wy * z - wz * y;
        double cy = wz * x - wx * z;
        double cz = wx * y - wy * x;
        v[at] = x + a * cx + b * (wy * cz - wz * cy);
        v[at + stride] = y + a * cy + b * (wz * cx - wx * cz);
        v[at + 2 * stride] = z + a * cz + b * (wx * cy - wy * cx);
    }
}
