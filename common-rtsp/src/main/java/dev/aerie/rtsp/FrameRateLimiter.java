package dev.aerie.rtsp;

/// Limits frames to a rate by their capture times, evenly and robust to jitter.
public final class FrameRateLimiter {

    private static final double NANOS_PER_SECOND = 1e9;
    /// Fraction of a period by which a frame may come early.
    private static final double MAX_EARLY_FRACTION = 0.25;

    private double dueNanos = Double.NEGATIVE_INFINITY;

    /// Whether the frame of this time is due at `fps`; an accepted frame sets the time of the next one.
    public boolean accepts(long captureTimeNanos, double fps) {
        double periodNanos = NANOS_PER_SECOND / fps;
        double early = dueNanos - captureTimeNanos;
        boolean clockWentBack = early > 2 * periodNanos;
        if (early > MAX_EARLY_FRACTION * periodNanos && !clockWentBack) {
            return false;
        }
        boolean onTime = !clockWentBack && -early < periodNanos;
        dueNanos = (onTime ? dueNanos : captureTimeNanos) + periodNanos;
        return true;
    }
}
