package dev.aerie.slam.feature;

/// Where a FAST corner lies between the pixels: at the peak of a parabola through its score and those of its two
/// neighbours, in x and in y.
///
/// Used by one thread. Source: the score is FAST's (Rosten & Drummond 2006), the highest threshold at which nine pixels
/// in a row of the sixteen around are all brighter or all darker; the peak is found as in BRISK (Leutenegger, Chli,
/// Siegwart 2011), section 3.1.
final class CornerPeak {

    private static final int[] CIRCLE_X = {0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3, -3, -3, -2, -1};
    private static final int[] CIRCLE_Y = {-3, -3, -2, -1, 0, 1, 2, 3, 3, 3, 2, 1, 0, -1, -2, -3};
    private static final int CIRCLE = 16;
    private static final double HALF_PIXEL = 0.5;

    private final int[] circle = new int[CIRCLE];

    /// By how much a pixel is brighter than each on the circle; twice round.
    private final int[] darker = new int[2 * CIRCLE];

    /// The least and the greatest of two, then four, then eight of them in a row.
    private final int[] least = new int[2 * CIRCLE];

    private final int[] greatest = new int[2 * CIRCLE];

    /// - `stride`: distance of two rows in the images
    CornerPeak(int stride) {
        for (int i = 0; i < CIRCLE; i++) {
            circle[i] = CIRCLE_Y[i] * stride + CIRCLE_X[i];
        }
    }

    /// How far the corner lies from the middle of its pixel along one axis, -0.5..0.5 pixels.
    ///
    /// - `pixels`: 8-bit grey
    /// - `centre`: index of the corner's pixel, at least 4 from every border
    /// - `step`: from a pixel to its neighbour along the axis: 1, or the stride
    double offset(byte[] pixels, int centre, int step) {
        int before = score(pixels, centre - step);
        int at = score(pixels, centre);
        int after = score(pixels, centre + step);
        int curvature = before - 2 * at + after;
        return curvature < 0 ? Math.clamp((before - after) / (2.0 * curvature), -HALF_PIXEL, HALF_PIXEL) : 0;
    }

    private int score(byte[] pixels, int centre) {
        int brightness = pixels[centre] & 0xff;
        for (int i = 0; i < CIRCLE; i++) {
            int difference = brightness - (pixels[centre + circle[i]] & 0xff);
            darker[i] = difference;
            darker[i + CIRCLE] = difference;
        }
        System.arraycopy(darker, 0, least, 0, 2 * CIRCLE);
        System.arraycopy(darker, 0, greatest, 0, 2 * CIRCLE);
        for (int length = 1; length < 8; length *= 2) {
            for (int i = 0; i + 2 * length <= 2 * CIRCLE; i++) {
                least[i] = Math.min(least[i], least[i + length]);
                greatest[i] = Math.max(greatest[i], greatest[i + length]);
            }
        }
        int score = 0;
        for (int i = 0; i < CIRCLE; i++) {
            score = Math.max(score, Math.min(least[i], darker[i + 8]));
            score = Math.max(score, -Math.max(greatest[i], darker[i + 8]));
        }
        return score;
    }
}
