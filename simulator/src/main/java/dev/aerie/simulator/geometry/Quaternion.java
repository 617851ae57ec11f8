package dev.aerie.simulator.geometry;

/// A unit quaternion, scalar first.
public record Quaternion(double w, double x, double y, double z) {

    /// The same rotation with w ≥ 0.
    Quaternion positive() {
        return w < 0 ? new Quaternion(-w, -x, -y, -z) : this;
    }
}
