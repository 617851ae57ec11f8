package dev.aerie.ptz.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// The field of view of the lens and the tilt of the camera, from frames between which it panned.
///
/// - `focalPixels`: of the lens
/// - `tiltDegrees`: while it panned
record FieldOfViewFit(double focalPixels, double tiltDegrees) {

    private static final int MOST_PAIRS = 40;
    private static final double MAX_TILT_DEGREES = 60;
    private static final double MIN_HFOV_DEGREES = 15;
    private static final double MAX_HFOV_DEGREES = 120;
    private static final int ROUNDS = 3;
    private static final int SECTIONS = 18;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /// - `panned`: pairs of frames during pan moves, at least one
    static FieldOfViewFit of(List<ImageMotion> panned, int frameWidthPixels) {
        List<ImageMotion> clear = clearest(panned);
        var fit = new FieldOfViewFit(focal(frameWidthPixels, Math.sqrt(MIN_HFOV_DEGREES * MAX_HFOV_DEGREES)), 0);
        for (int round = 0; round < ROUNDS; round++) {
            double focal = focalAt(clear, frameWidthPixels, fit.tiltDegrees());
            double tilt = least(-MAX_TILT_DEGREES, MAX_TILT_DEGREES, degrees -> disagreement(clear, focal, degrees));
            fit = new FieldOfViewFit(focal, tilt);
        }
        return fit;
    }

    /// The horizontal field of view in degrees that these pairs alone show, at the tilt of this fit.
    double hfovOf(List<ImageMotion> panned, int frameWidthPixels) {
        return new FieldOfViewFit(focalAt(clearest(panned), frameWidthPixels, tiltDegrees), tiltDegrees)
                .hfovDegrees(frameWidthPixels);
    }

    private static List<ImageMotion> clearest(List<ImageMotion> panned) {
        return panned.stream()
                .sorted(Comparator.comparingDouble(ImageMotion::shiftPixels).reversed())
                .limit(MOST_PAIRS)
                .toList();
    }

    private static double focalAt(List<ImageMotion> clear, int frameWidthPixels, double tiltDegrees) {
        return Math.exp(least(
                Math.log(focal(frameWidthPixels, MAX_HFOV_DEGREES)),
                Math.log(focal(frameWidthPixels, MIN_HFOV_DEGREES)),
                log -> disagreement(clear, Math.exp(log), tiltDegrees)));
    }

    static double focal(int frameWidthPixels, double hfovDegrees) {
        return frameWidthPixels / 2.0 / Math.tan(Math.toRadians(hfovDegrees) / 2);
    }

    double hfovDegrees(int frameWidthPixels) {
        return Math.toDegrees(2 * Math.atan(frameWidthPixels / 2.0 / focalPixels));
    }

    private static double disagreement(List<ImageMotion> pairs, double focalPixels, double tiltDegrees) {
        return pairs.stream()
                .mapToDouble(pair -> RotationFit.pan(pair.vectors(), focalPixels, tiltDegrees)
                        .disagreement())
                .sum();
    }

    /// The place of the least value by golden sections, after a coarse look for the right valley.
    private static double least(double low, double high, DoubleUnaryOperator cost) {
        int best = 0;
        double[] coarse = new double[13];
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = cost.applyAsDouble(low + i * (high - low) / (coarse.length - 1));
            best = coarse[i] < coarse[best] ? i : best;
        }
        double step = (high - low) / (coarse.length - 1);
        double from = low + Math.max(0, best - 1) * step;
        double to = low + Math.min(coarse.length - 1, best + 1) * step;
        double left = to - GOLDEN * (to - from);
        double right = from + GOLDEN * (to - from);
        double atLeft = cost.applyAsDouble(left);
        double atRight = cost.applyAsDouble(right);
        for (int i = 0; i < SECTIONS; i++) {
            if (atLeft < atRight) {
                to = right;
                right = left;
                atRight = atLeft;
                left = to - GOLDEN * (to - from);
                atLeft = cost.applyAsDouble(left);
            } else {
                from = left;
                left = right;
                atLeft = atRight;
                right = from + GOLDEN * (to - from);
                atRight = cost.applyAsDouble(right);
            }
        }
        return (from + to) / 2;
    }
}
