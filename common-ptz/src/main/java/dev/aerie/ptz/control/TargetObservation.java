package dev.aerie.ptz.control;

/// Where the target was in one frame.
///
/// - `captureTimeNanos`: Unix time of the frame
/// - `x`: of its centre, -1 at the left edge of the frame to 1 at the right one
/// - `y`: of its centre, -1 at the lower edge to 1 at the upper one
/// - `width`, `height`: its share of the frame's, 0..1
public record TargetObservation(long captureTimeNanos, double x, double y, double width, double height) {

    public TargetObservation {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !(width >= 0) || !(height >= 0)) {
            throw new IllegalArgumentException(
                    "expected finite x, y and width, height >= 0, was " + x + ", " + y + ", " + width + ", " + height);
        }
    }
}
