package dev.aerie.simulator.geometry;

/// A rotation as the images of the three axes: the columns of its matrix.
///
/// Sines and cosines come from [StrictMath], so that every machine draws the same frame.
public record Rotation(Vector3 xAxis, Vector3 yAxis, Vector3 zAxis) {

    public static final Rotation IDENTITY =
            new Rotation(new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1));

    /// Camera axes (x right, y down, z forward) in those of a body that looks along x (x forward, y left, z up).
    public static final Rotation BODY_FROM_CAMERA =
            new Rotation(new Vector3(0, -1, 0), new Vector3(0, 0, -1), new Vector3(1, 0, 0));

    public static Rotation aboutX(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(new Vector3(1, 0, 0), new Vector3(0, c, s), new Vector3(0, -s, c));
    }

    public static Rotation aboutY(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(new Vector3(c, 0, -s), new Vector3(0, 1, 0), new Vector3(s, 0, c));
    }

    public static Rotation aboutZ(double radians) {
        double c = StrictMath.cos(radians);
        double s = StrictMath.sin(radians);
        return new Rotation(new Vector3(c, s, 0), new Vector3(-s, c, 0), new Vector3(0, 0, 1));
    }

    public Vector3 apply(Vector3 v) {
        return new Vector3(
                xAxis.x() * v.x() + yAxis.x() * v.y() + zAxis.x() * v.z(),
                xAxis.y() * v.x() + yAxis.y() * v.y() + zAxis.y() * v.z(),
                xAxis.z() * v.x() + yAxis.z() * v.y() + zAxis.z() * v.z());
    }

    public Vector3 applyInverse(Vector3 v) {
        return new Vector3(xAxis.dot(v), yAxis.dot(v), zAxis.dot(v));
    }

    /// First `other`, then this one.
    public Rotation times(Rotation other) {
        return new Rotation(apply(other.xAxis), apply(other.yAxis), apply(other.zAxis));
    }

    /// The angle between two rotations, 0..π radians.
    public double angleTo(Rotation other) {
        double trace = xAxis.dot(other.xAxis) + yAxis.dot(other.yAxis) + zAxis.dot(other.zAxis);
        var axis = xAxis.cross(other.xAxis).plus(yAxis.cross(other.yAxis)).plus(zAxis.cross(other.zAxis));
        return StrictMath.atan2(axis.length(), trace - 1);
    }

    /// The same rotation as a unit quaternion with w ≥ 0.
    public Quaternion toQuaternion() {
        double trace = xAxis.x() + yAxis.y() + zAxis.z();
        double largest = Math.max(Math.max(trace, xAxis.x()), Math.max(yAxis.y(), zAxis.z()));
        double four = 2 * Math.sqrt(Math.max(0, 1 + 2 * largest - trace));
        if (largest == trace) {
            four = 2 * Math.sqrt(1 + trace);
            return new Quaternion(
                            four / 4,
                            (yAxis.z() - zAxis.y()) / four,
                            (zAxis.x() - xAxis.z()) / four,
                            (xAxis.y() - yAxis.x()) / four)
                    .positive();
        }
        double xy = (xAxis.y() + yAxis.x()) / four;
        double xz = (xAxis.z() + zAxis.x()) / four;
        double yz = (yAxis.z() + zAxis.y()) / four;
        if (largest == xAxis.x()) {
            return new Quaternion((yAxis.z() - zAxis.y()) / four, four / 4, xy, xz).positive();
        }
        if (largest == yAxis.y()) {
            return new Quaternion((zAxis.x() - xAxis.z()) / four, xy, four / 4, yz).positive();
        }
        return new Quaternion((xAxis.y() - yAxis.x()) / four, xz, yz, four / 4).positive();
    }
}
