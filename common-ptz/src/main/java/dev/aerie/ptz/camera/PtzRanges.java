package dev.aerie.ptz.camera;

/// What a camera can reach.
///
/// - `panDegrees`: to the right of its zero; `tiltDegrees`: above its horizon; `zoom`: magnification from 1
public record PtzRanges(PtzRange panDegrees, PtzRange tiltDegrees, PtzRange zoom) {

    /// Of a camera of which the file says nothing: a full turn, straight down to a little above the horizon, no zoom.
    public static final PtzRanges DEFAULT =
            new PtzRanges(new PtzRange(-180, 180), new PtzRange(-90, 20), new PtzRange(1, 1));

    private static final double FULL_TURN = 360;

    public PtzRanges {
        if (zoom.min() < 1) {
            throw new IllegalArgumentException("zoom must be >= 1, was " + zoom.min());
        }
    }

    /// The pan nearest to `degrees` that can be reached; where the range is a full turn, the same direction within it.
    public double reachablePan(double degrees) {
        if (!isEndless()) {
            return panDegrees.clamp(degrees);
        }
        double turned = (degrees - panDegrees.min()) % FULL_TURN;
        return panDegrees.min() + (turned < 0 ? turned + FULL_TURN : turned);
    }

    /// Whether it turns all the way round.
    public boolean isEndless() {
        return panDegrees.max() - panDegrees.min() >= FULL_TURN;
    }
}
