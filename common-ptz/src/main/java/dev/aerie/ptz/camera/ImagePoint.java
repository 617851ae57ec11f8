package dev.aerie.ptz.camera;

/// A point of a frame.
///
/// - `x`: -1 at the left edge to 1 at the right one; outside of the frame beyond that
/// - `y`: -1 at the lower edge to 1 at the upper one
public record ImagePoint(double x, double y) {

    public static final ImagePoint CENTRE = new ImagePoint(0, 0);

    public ImagePoint {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("an image point must be finite, was " + x + ", " + y);
        }
    }

    public boolean isInFrame() {
        return Math.abs(x) <= 1 && Math.abs(y) <= 1;
    }
}
