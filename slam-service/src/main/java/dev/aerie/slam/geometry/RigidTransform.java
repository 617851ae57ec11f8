package dev.aerie.slam.geometry;

/// Rotation, then translation; `aFromB` takes coordinates in b and gives them in a.
public record RigidTransform(Rotation rotation, Vector3 translation) {

    public static final RigidTransform IDENTITY = new RigidTransform(Rotation.IDENTITY, Vector3.ZERO);

    public Vector3 apply(Vector3 point) {
        return rotation.apply(point).plus(translation);
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
