package dev.aerie.ptz.control;

/// How a camera turned between two frames, as the motion of the background shows it.
///
/// - `fromNanos`, `toNanos`: capture times
/// - `panDegrees`, `tiltDegrees`: to the right, up
public record ImageTurn(long fromNanos, long toNanos, double panDegrees, double tiltDegrees) {

    /// Share of a difference between image and model that one turn corrects.
    static final double TRUST = 0.7;

    public ImageTurn {
        if (toNanos <= fromNanos) {
            throw new IllegalArgumentException("expected two frames in order, was " + fromNanos + ", " + toNanos);
        }
        if (!Double.isFinite(panDegrees) || !Double.isFinite(tiltDegrees)) {
            throw new IllegalArgumentException("a turn must be finite, was " + panDegrees + ", " + tiltDegrees);
        }
    }
}
