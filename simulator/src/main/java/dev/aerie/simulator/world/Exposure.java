package dev.aerie.simulator.world;

/// Brightness and exposure time of frames: 1 by day, [#DARKEST] between two moments, fading within one second before
/// and after.
///
/// - `shutterSeconds`: exposure time of a frame, centred on its time; 0 means no motion blur
/// - `readoutSeconds`: rolling shutter: from the exposure of the first row to that of the last, centred on the frame's
///   time; 0 means that all rows are exposed at once
public record Exposure(double darkFromSeconds, double darkUntilSeconds, double shutterSeconds, double readoutSeconds) {

    static final Exposure DAYLIGHT = darkBetween(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /// Brightness in the dark: the noise level of an 8-bit frame.
    public static final double DARKEST = 0.012;

    public Exposure {
        if (!(shutterSeconds >= 0 && shutterSeconds <= 1)) {
            throw new IllegalArgumentException("shutterSeconds must be 0..1, was " + shutterSeconds);
        }
        if (!(readoutSeconds >= 0 && readoutSeconds <= 1)) {
            throw new IllegalArgumentException("readoutSeconds must be 0..1, was " + readoutSeconds);
        }
    }

    static Exposure darkBetween(double fromSeconds, double untilSeconds) {
        return new Exposure(fromSeconds, untilSeconds, 0, 0);
    }

    /// 0..1.
    public double at(double seconds) {
        double away = Math.max(darkFromSeconds - seconds, seconds - darkUntilSeconds);
        double fraction = Math.clamp(away, 0, 1);
        return DARKEST + (1 - DARKEST) * fraction * fraction * (3 - 2 * fraction);
    }
}
