package dev.aerie.geometry;

/// Rotation, then translation; `aFromB` takes coordinates in b and gives them in a.
public record RigidTransform(Rotation rotation, Vector3 translation) {

    public static final RigidTransform IDENTITY = new RigidTransform(Rotation.IDENTITY, Vector3.ZERO);

    /// From the upper three rows of its 4 × 4 matrix, one after the other: 12 numbers, more are not looked at.
    public static RigidTransform ofRows(double[] m) {
        var rotation = new Rotation(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]);
        return new RigidTransform(rotation, new Vector3(m[3], m[7], m[11]));
    }

    /// The inverse of [#ofRows]: 12 numbers.
    public double[] rows() {
        var r = rotation;
        var t = translation;
        return new double[] {
            r.m00(), r.m01(), r.m02(), t.x(), r.m10(), r.m11(), r.m12(), t.y(), r.m20(), r.m21(), r.m22(), t.z(),
        };
    }

    public Vector3 apply(Vector3 point) {
        return rotation.apply(point).plus(translation);
    }

    /// The point in b of a point in a: the inverse of [#apply].
    public Vector3 applyInverse(Vector3 point) {
        return rotation.applyInverse(point.minus(translation));
    }

    public RigidTransform inverse() {
        var back = rotation.inverse();
        return new RigidTransform(back, back.apply(translation).times(-1));
    }

    /// First `other`, then this one.
    public RigidTransform times(RigidTransform other) {
        return new RigidTransform(rotation.times(other.rotation), apply(other.translation));
    }

    /// Where the origin of b lies in a, for the inverse of this: the place of a camera, given
    /// `cameraFromWorld`.
    public Vector3 originOfTarget() {
        return rotation.inverse().apply(translation).times(-1);
    }

    /// The same motion with a rotation rid of rounding.
    public RigidTransform orthonormal() {
        return new RigidTransform(rotation.orthonormal(), translation);
    }

    public boolean isFinite() {
        return translation.isFinite()
                && Double.isFinite(rotation.m00() + rotation.m01() + rotation.m02())
                && Double.isFinite(rotation.m10() + rotation.m11() + rotation.m12())
                && Double.isFinite(rotation.m20() + rotation.m21() + rotation.m22());
    }
}
