package dev.aerie.ptz.calibration;

/// How a point of the background moved from one frame to the next.
///
/// - `x`, `y`: in the first frame, pixels from its middle, to the right and down
/// - `dx`, `dy`: to the second frame, pixels
public record FlowVector(double x, double y, double dx, double dy) {

    public FlowVector {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(dx) || !Double.isFinite(dy)) {
            throw new IllegalArgumentException(
                    "a flow vector must be finite, was " + x + ", " + y + ", " + dx + ", " + dy);
        }
    }
}
