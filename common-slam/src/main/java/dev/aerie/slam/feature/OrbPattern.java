package dev.aerie.slam.feature;

import java.util.SplittableRandom;

/// Which pixels around a corner are compared, turned to each of 64 orientations.
///
/// The pairs are drawn once from a Gaussian, as BRIEF's best pattern is (Calonder et al. 2010, section 3.2, "G
/// II"), and kept inside a disc, so that turning never leaves the patch; ORB steers them by the corner's
/// orientation (Rublee et al. 2011, section 4.1).
final class OrbPattern {

    /// No compared pixel is further from the corner, in pixels of its level.
    static final int RADIUS = 15;

    private static final int TURNS = 64;
    private static final double SPREAD = RADIUS / 2.5;
    private static final double MIN_APART = 4;

    /// For each turn, 512 offsets into an image: the first and second pixel of each of 256 comparisons.
    private final int[][] offsets = new int[TURNS][2 * Descriptor.BITS];

    /// - `stride`: distance of two rows in the images that are described
    /// - `seed`: of the places that are compared
    OrbPattern(int stride, long seed) {
        double[] points = draw(seed);
        for (int rotation = 0; rotation < TURNS; rotation++) {
            double angle = 2 * Math.PI * rotation / TURNS;
            double c = StrictMath.cos(angle);
            double s = StrictMath.sin(angle);
            for (int i = 0; i < 2 * Descriptor.BITS; i++) {
                long x = Math.round(c * points[2 * i] - s * points[2 * i + 1]);
                long y = Math.round(s * points[2 * i] + c * points[2 * i + 1]);
                offsets[rotation][i] = (int) (y * stride + x);
            }
        }
    }

    private static double[] draw(long seed) {
        var random = new SplittableRandom(seed);
        double[] points = new double[4 * Descriptor.BITS];
        for (int pair = 0; pair < Descriptor.BITS; ) {
            for (int i = 0; i < 4; i++) {
                points[4 * pair + i] = random.nextGaussian(0, SPREAD);
            }
            double apart =
                    Math.hypot(points[4 * pair] - points[4 * pair + 2], points[4 * pair + 1] - points[4 * pair + 3]);
            boolean inside = Math.hypot(points[4 * pair], points[4 * pair + 1]) < RADIUS - 0.5
                    && Math.hypot(points[4 * pair + 2], points[4 * pair + 3]) < RADIUS - 0.5;
            pair += inside && apart >= MIN_APART ? 1 : 0;
        }
        return points;
    }

    /// Describes a corner.
    ///
    /// - `smooth`: pixels of its level, blurred
    /// - `centre`: index of its pixel, at least [#RADIUS] + 1 from every border
    Descriptor describe(byte[] smooth, int centre, double angleRadians) {
        int rotation = Math.floorMod(Math.round(angleRadians * TURNS / (2 * Math.PI)), TURNS);
        int[] pairs = offsets[rotation];
        return new Descriptor(
                word(smooth, centre, pairs, 0),
                word(smooth, centre, pairs, 128),
                word(smooth, centre, pairs, 256),
                word(smooth, centre, pairs, 384));
    }

    private static long word(byte[] smooth, int centre, int[] pairs, int first) {
        long word = 0;
        for (int bit = 0; bit < 64; bit++) {
            int one = smooth[centre + pairs[first + 2 * bit]] & 0xff;
            int other = smooth[centre + pairs[first + 2 * bit + 1]] & 0xff;
            word |= (long) ((one - other) >>> 31) << bit;
        }
        return word;
    }
}
