package dev.aerie.geometry;

import dev.aerie.messages.Quaternion;

/// A rotation as its 3 × 3 matrix, row by row; `aFromB` takes directions in b and gives them in a.
///
/// Sines and cosines come from [StrictMath], so that every machine draws the same frame and finds the same pose.
public record Rotation(
        double m00, double m01, double m02, double m10, double m11, double m12, double m20, double m21, double m22) {

    public static final Rotation IDENTITY = new Rotation(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// Camera axes (x right, y down, z forward) in those of a body that looks along x (x forward, y left, z up).
    public static final Rotation BODY_FROM_CAMERA = new Rotation(0, 0, 1, -1, 0, 0, 0, -1, 0);

    private static final double SMALL_RADIANS = 1e-8;

    /// From the images of the three axes: the columns of the matrix.
    public static Rotation ofAxes(Vector3 x, Vector3 y, Vector3 z) {
        return new Rotation(x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z());
    }

    public static Rotation aboutX(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(1, 0, 0, 0, c, -s, 0, s, c);
    }

    public static Rotation aboutY(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(c, 0, s, 0, 1, 0, -s, 0, c);
    }

    public static Rotation aboutZ(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(c, -s, 0, s, c, 0, 0, 0, 1);
    }

    /// The rotation by |v| radians about v (Rodrigues).
    public static Rotation exp(Vector3 v) {
        double angle = v.length();
        if (angle < SMALL_RADIANS) {
            return new Rotation(1, -v.z(), v.y(), v.z(), 1, -v.x(), -v.y(), v.x(), 1).orthonormal();
        }
        var axis = v.times(1 / angle);
        double s = StrictMath.sin(angle);
        double c = 1 - StrictMath.cos(angle);
        double x = axis.x();
        double y = axis.y();
        double z = axis.z();
        return new Rotation(
                1 - c * (y * y + z * z),
                c * x * y - s * z,
                c * x * z + s * y,
                c * x * y + s * z,
                1 - c * (x * x + z * z),
                c * y * z - s * x,
                c * x * z - s * y,
                c * y * z + s * x,
                1 - c * (x * x + y * y));
    }

    /// The inverse of [#exp]: axis times angle, 0..π radians.
    public Vector3 log() {
        var axis = new Vector3(m21 - m12, m02 - m20, m10 - m01);
        double sine = axis.length() / 2;
        double cosine = (m00 + m11 + m22 - 1) / 2;
        double angle = StrictMath.atan2(sine, cosine);
        if (sine > 1e-7) {
            return axis.times(angle / (2 * sine));
        }
        return cosine > 0 ? axis.times(0.5) : halfTurnAxis().times(angle);
    }

    /// The axis of a rotation by π: the largest column of (R + I) / 2.
    private Vector3 halfTurnAxis() {
        if (m00 >= m11 && m00 >= m22) {
            return new Vector3(m00 + 1, m10, m20).normalized();
        }
        return m11 >= m22 ? new Vector3(m01, m11 + 1, m21).normalized() : new Vector3(m02, m12, m22 + 1).normalized();
    }

    /// From a quaternion of any length but 0.
    public static Rotation ofQuaternion(double w, double x, double y, double z) {
        double s = 2 / (w * w + x * x + y * y + z * z);
        return new Rotation(
                1 - s * (y * y + z * z),
                s * (x * y - w * z),
                s * (x * z + w * y),
                s * (x * y + w * z),
                1 - s * (x * x + z * z),
                s * (y * z - w * x),
                s * (x * z - w * y),
                s * (y * z + w * x),
                1 - s * (x * x + y * y));
    }

    public Vector3 apply(Vector3 v) {
        return new Vector3(
                m00 * v.x() + m01 * v.y() + m02 * v.z(),
                m10 * v.x() + m11 * v.y() + m12 * v.z(),
                m20 * v.x() + m21 * v.y() + m22 * v.z());
    }

    public Vector3 applyInverse(Vector3 v) {
        return inverse().apply(v);
    }

    public Rotation inverse() {
        return new Rotation(m00, m10, m20, m01, m11, m21, m02, m12, m22);
    }

    /// First `other`, then this one.
    public Rotation times(Rotation other) {
        return new Rotation(
                m00 * other.m00 + m01 * other.m10 + m02 * other.m20,
                m00 * other.m01 + m01 * other.m11 + m02 * other.m21,
                m00 * other.m02 + m01 * other.m12 + m02 * other.m22,
                m10 * other.m00 + m11 * other.m10 + m12 * other.m20,
                m10 * other.m01 + m11 * other.m11 + m12 * other.m21,
                m10 * other.m02 + m11 * other.m12 + m12 * other.m22,
                m20 * other.m00 + m21 * other.m10 + m22 * other.m20,
                m20 * other.m01 + m21 * other.m11 + m22 * other.m21,
                m20 * other.m02 + m21 * other.m12 + m22 * other.m22);
    }

    /// The angle between two rotations, 0..π radians.
    public double angleTo(Rotation other) {
        return inverse().times(other).log().length();
    }

    /// The same rotation, rid of what rounding has added over many products (Gram-Schmidt on the rows).
    public Rotation orthonormal() {
        var first = new Vector3(m00, m01, m02).normalized();
        var second = new Vector3(m10, m11, m12);
        second = second.minus(first.times(first.dot(second))).normalized();
        var third = first.cross(second);
        return new Rotation(
                first.x(), first.y(), first.z(), second.x(), second.y(), second.z(), third.x(), third.y(), third.z());
    }

    /// The image of the x axis: the first column of the matrix.
    public Vector3 xAxis() {
        return new Vector3(m00, m10, m20);
    }

    /// The image of the y axis: the second column of the matrix.
    public Vector3 yAxis() {
        return new Vector3(m01, m11, m21);
    }

    /// The image of the z axis: the third column of the matrix.
    public Vector3 zAxis() {
        return new Vector3(m02, m12, m22);
    }

    /// The same rotation as a unit quaternion with w ≥ 0.
    public Quaternion toQuaternion() {
        double trace = m00 + m11 + m22;
        if (trace >= m00 && trace >= m11 && trace >= m22) {
            double four = 2 * Math.sqrt(1 + trace);
            return positive(four / 4, (m21 - m12) / four, (m02 - m20) / four, (m10 - m01) / four);
        }
        double largest = Math.max(m00, Math.max(m11, m22));
        double four = 2 * Math.sqrt(Math.max(0, 1 + 2 * largest - trace));
        double xy = (m10 + m01) / four;
        double xz = (m20 + m02) / four;
        double yz = (m21 + m12) / four;
        if (largest == m00) {
            return positive((m21 - m12) / four, four / 4, xy, xz);
        }
        if (largest == m11) {
            return positive((m02 - m20) / four, xy, four / 4, yz);
        }
        return positive((m10 - m01) / four, xz, yz, four / 4);
    }

    private static Quaternion positive(double w, double x, double y, double z) {
        return w < 0 ? new Quaternion(-w, -x, -y, -z) : new Quaternion(w, x, y, z);
    }
}
