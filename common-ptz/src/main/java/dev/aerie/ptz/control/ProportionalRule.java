package dev.aerie.ptz.control;

import dev.aerie.messages.Box;
import java.util.List;

/// The plain rule of the source documents: speed in proportion to the target's offset from the middle of the frame.
///
/// It knows no latency and no motion of the target; [FollowController] does. It is kept as the peer that
/// `./aerie bench ptz` measures beside it, and because the documents name its formulas.
public final class ProportionalRule {

    public static final int DEFAULT_MAX_SPEED = 100;

    /// Share of half the frame's width.
    public static final double DEFAULT_DEAD_ZONE = 0.05;

    private ProportionalRule() {}

    /// The documents' `px_per_deg`. Linear, hence exact on average over the frame only; see
    /// [dev.aerie.ptz.camera.Lens] for the exact relation.
    public static double pixelsPerDegree(int frameWidthPixels, double hfovDegrees) {
        if (frameWidthPixels <= 0 || !(hfovDegrees > 0)) {
            throw new IllegalArgumentException(
                    "expected width and hfov > 0, was " + frameWidthPixels + ", " + hfovDegrees);
        }
        return frameWidthPixels / hfovDegrees;
    }

    /// The documents' `pan_deg_for_pixel_offset`: degrees to the right.
    ///
    /// - `offsetPixels`: from the middle of the frame, to the right
    public static double panDegreesForPixelOffset(double offsetPixels, int frameWidthPixels, double hfovDegrees) {
        return offsetPixels / pixelsPerDegree(frameWidthPixels, hfovDegrees);
    }

    /// The documents' `normalized_offset`: -1 at one edge of the frame to 1 at the other.
    public static double normalizedOffset(double offsetPixels, int frameWidthPixels) {
        return offsetPixels / (frameWidthPixels / 2.0);
    }

    /// The documents' `speed_from_norm` with their limits.
    public static int speedFromNorm(double normalizedOffset) {
        return speedFromNorm(normalizedOffset, DEFAULT_MAX_SPEED, DEFAULT_DEAD_ZONE);
    }

    /// The documents' `speed_from_norm`: a whole number of percent of the full speed, cut off towards zero.
    ///
    /// - `deadZone`: offsets below it give 0
    public static int speedFromNorm(double normalizedOffset, int maxSpeed, double deadZone) {
        if (Math.abs(normalizedOffset) < deadZone) {
            return 0;
        }
        return Math.clamp((int) (normalizedOffset * maxSpeed), -maxSpeed, maxSpeed);
    }

    /// The documents' `super_box`: the smallest box around all.
    ///
    /// - `boxes`: at least one
    public static Box superBox(List<Box> boxes) {
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException("a box around no boxes does not exist");
        }
        double left = boxes.stream().mapToDouble(Box::leftPixels).min().orElseThrow();
        double top = boxes.stream().mapToDouble(Box::topPixels).min().orElseThrow();
        double right = boxes.stream().mapToDouble(Box::rightPixels).max().orElseThrow();
        double bottom = boxes.stream().mapToDouble(Box::bottomPixels).max().orElseThrow();
        return new Box(left, top, right - left, bottom - top);
    }

    /// The documents' exponential moving average.
    ///
    /// - `alpha`: weight of the new value, 0..1
    public static double smoothed(double alpha, double newValue, double previous) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be in 0..1, was " + alpha);
        }
        return alpha * newValue + (1 - alpha) * previous;
    }
}
