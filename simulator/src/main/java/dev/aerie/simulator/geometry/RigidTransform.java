package dev.aerie.simulator.geometry;

/// Rotation, then translation; `aFromB` takes coordinates in b and gives them in a.
public record RigidTransform(Rotation rotation, Vector3 translation) {

    public Vector3 apply(Vector3 point) {
        return rotation.apply(point).plus(translation);
    }

    public Vector3 applyInverse(Vector3 point) {
        return rotation.applyInverse(point.minus(translation));
    }
}
