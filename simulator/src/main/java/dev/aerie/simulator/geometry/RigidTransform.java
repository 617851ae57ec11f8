package dev.aerie.simulator.geometry;

/// Rotation, then translation; `aFromB` takes coordinates in b and gives them in a.
public record RigidTransform(Rotation rotation, Vector3 translation) {

    /// The upper three rows of the 4 × 4 matrix, one after the other: 12 numbers.
    public double[] rows() {
        var x = rotation.xAxis();
        var y = rotation.yAxis();
        var z = rotation.zAxis();
        var t = translation;
        return new double[] {
            x.x(), y.x(), z.x(), t.x(), x.y(), y.y(), z.y(), t.y(), x.z(), y.z(), z.z(), t.z(),
        };
    }

    public Vector3 apply(Vector3 point) {
        return rotation.apply(point).plus(translation);
    }

    public Vector3 applyInverse(Vector3 point) {
        return rotation.applyInverse(point.minus(translation));
    }
}
