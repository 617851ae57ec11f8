package dev.aerie.slam.imu;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;

/// Any 3 × 3 matrix, by its rows.
public record Matrix3(Vector3 first, Vector3 second, Vector3 third) {

    public static final Matrix3 ZERO = new Matrix3(Vector3.ZERO, Vector3.ZERO, Vector3.ZERO);
    public static final Matrix3 IDENTITY = of(Rotation.IDENTITY);

    public static Matrix3 of(Rotation r) {
        return new Matrix3(
                new Vector3(r.m00(), r.m01(), r.m02()),
                new Vector3(r.m10(), r.m11(), r.m12()),
                new Vector3(r.m20(), r.m21(), r.m22()));
    }

    /// Of the product with a vector: `cross(a) b = a × b`.
    public static Matrix3 cross(Vector3 a) {
        return new Matrix3(new Vector3(0, -a.z(), a.y()), new Vector3(a.z(), 0, -a.x()), new Vector3(-a.y(), a.x(), 0));
    }

    public Matrix3 plus(Matrix3 other) {
        return new Matrix3(first.plus(other.first), second.plus(other.second), third.plus(other.third));
    }

    public Matrix3 times(double factor) {
        return new Matrix3(first.times(factor), second.times(factor), third.times(factor));
    }

    public Matrix3 times(Matrix3 other) {
        return new Matrix3(other.combined(first), other.combined(second), other.combined(third));
    }

    public Vector3 apply(Vector3 v) {
        return new Vector3(first.dot(v), second.dot(v), third.dot(v));
    }

    public Matrix3 transposed() {
        return new Matrix3(
                new Vector3(first.x(), second.x(), third.x()),
                new Vector3(first.y(), second.y(), third.y()),
                new Vector3(first.z(), second.z(), third.z()));
    }

    public double at(int row, int column) {
        var v = row == 0 ? first : row == 1 ? second : third;
        return column == 0 ? v.x() : column == 1 ? v.y() : v.z();
    }

    /// The rows, weighed by a vector and added.
    private Vector3 combined(Vector3 weights) {
        return first.times(weights.x()).plus(second.times(weights.y())).plus(third.times(weights.z()));
    }
}
