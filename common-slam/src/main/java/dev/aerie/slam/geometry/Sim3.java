package dev.aerie.slam.geometry;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;

/// A similarity: rotation, scaling, then translation, p ↦ s R p + t; `aFromB` takes coordinates in b and gives
/// them in a.
public record Sim3(Rotation rotation, Vector3 translation, double scale) {

    public static final Sim3 IDENTITY = new Sim3(Rotation.IDENTITY, Vector3.ZERO, 1);

    public Sim3 {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be > 0, was " + scale);
        }
    }

    public static Sim3 of(RigidTransform transform) {
        return new Sim3(transform.rotation(), transform.translation(), 1);
    }

    public Vector3 apply(Vector3 point) {
        return rotation.apply(point).times(scale).plus(translation);
    }

    /// A camera's pose in the other world: where its place comes to lie, and its axes, at scale 1.
    ///
    /// - `worldFromCamera`: in the world that this takes coordinates from
    public RigidTransform applyTo(RigidTransform worldFromCamera) {
        return new RigidTransform(
                rotation.times(worldFromCamera.rotation()).orthonormal(), apply(worldFromCamera.translation()));
    }

    public Sim3 inverse() {
        var back = rotation.inverse();
        return new Sim3(back, back.apply(translation).times(-1 / scale), 1 / scale);
    }

    /// First `other`, then this one.
    public Sim3 times(Sim3 other) {
        return new Sim3(rotation.times(other.rotation), apply(other.translation), scale * other.scale);
    }

    /// The rigid motion of a camera whose `cameraFromWorld` is this similarity: its axes and place, at scale 1.
    public RigidTransform toRigid() {
        return new RigidTransform(rotation.orthonormal(), translation.times(1 / scale));
    }
}
