package dev.aerie.ptz.control;

import dev.aerie.ptz.camera.ImagePoint;

/// How fast to zoom: in below 0.95 of the wanted size and out above 1.1 of it, and in each case on until the size is
/// right; out quickly and in slowly, since a target that leaves the frame is lost. Used by one thread.
final class ZoomRule {

    private static final double IN_BELOW = 0.95;
    private static final double OUT_ABOVE = 1.1;
    private static final double MAX_IN_PER_SECOND = 0.25;
    private static final double MAX_OUT_PER_SECOND = 0.6;
    private static final double LEAST_PER_SECOND = 0.05;

    /// A target whose edge comes this near to that of the frame (1) needs more room; below the other, zooming in is
    /// safe.
    private static final double CROWDED = 0.92;

    private static final double ROOMY = 0.7;
    private static final long HOLD_OFF_NANOS = 2_000_000_000L;

    private Motion motion = Motion.HOLD;
    private long widenedNanos = Long.MIN_VALUE / 2;

    private enum Motion {
        HOLD,
        IN,
        OUT
    }

    /// Returns the relative change of the magnification per second.
    ///
    /// - `share`: of the frame, by the target's greater side, when this command takes effect
    /// - `place`: of its centre then
    /// - `steady`: whether the target is seen and held
    double rate(long nowNanos, Framing framing, double share, ImagePoint place, boolean steady) {
        double ratio = share / framing.share();
        double edge = Math.max(Math.abs(place.x()), Math.abs(place.y())) + Math.min(share, framing.share());
        boolean crowded = edge > CROWDED;
        if (crowded) {
            widenedNanos = nowNanos;
        }
        boolean mayNarrow = steady && edge < ROOMY && nowNanos - widenedNanos > HOLD_OFF_NANOS;
        motion = switch (motion) {
            case HOLD -> crowded || ratio > OUT_ABOVE ? Motion.OUT : ratio < IN_BELOW && mayNarrow ? Motion.IN : motion;
            case IN -> crowded ? Motion.OUT : ratio >= 1 || !mayNarrow ? Motion.HOLD : motion;
            case OUT -> !crowded && ratio <= 1 ? Motion.HOLD : motion;
        };
        return switch (motion) {
            case HOLD -> 0;
            case IN -> Math.clamp(-Math.log(ratio), LEAST_PER_SECOND, MAX_IN_PER_SECOND);
            case OUT ->
                -Math.clamp(
                        Math.max(Math.log(ratio), crowded ? MAX_OUT_PER_SECOND / 2 : 0),
                        LEAST_PER_SECOND,
                        MAX_OUT_PER_SECOND);
        };
    }
}
