package dev.aerie.ptz.aim;

import dev.aerie.ptz.control.TargetObservation;

/// How large the target is to be.
///
/// - `heightShare`: its share of the frame's height, 0..1
/// - `maxWidthShare`: at most this share of the frame's width, 0..1: what decides for a group side by side
public record FramingRule(double heightShare, double maxWidthShare) {

    public static final FramingRule ONE = new FramingRule(0.45, 0.6);
    public static final FramingRule GROUP = new FramingRule(0.8, 0.8);

    public FramingRule {
        if (!(heightShare > 0 && heightShare <= 1) || !(maxWidthShare > 0 && maxWidthShare <= 1)) {
            throw new IllegalArgumentException(
                    "shares must be above 0, at most 1, was " + heightShare + ", " + maxWidthShare);
        }
    }

    /// By what the magnification must be multiplied for this framing; 1 for a target without size.
    public double zoomFactorFor(TargetObservation seen) {
        double byHeight = seen.height() > 0 ? heightShare / seen.height() : Double.POSITIVE_INFINITY;
        double byWidth = seen.width() > 0 ? maxWidthShare / seen.width() : Double.POSITIVE_INFINITY;
        double factor = Math.min(byHeight, byWidth);
        return Double.isInfinite(factor) ? 1 : factor;
    }
}
