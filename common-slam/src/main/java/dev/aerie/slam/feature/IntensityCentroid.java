package dev.aerie.slam.feature;

/// The orientation of a corner: the direction from it to the centre of brightness of the disc around it.
///
/// Source: ORB (Rublee et al. 2011), section 3.2.
final class IntensityCentroid {

    private static final int RADIUS = OrbPattern.RADIUS;

    private final int stride;

    /// Half the width of the disc in each row, from its centre's row down.
    private final int[] halfWidths = new int[RADIUS + 1];

    IntensityCentroid(int stride) {
        this.stride = stride;
        for (int row = 0; row <= RADIUS; row++) {
            halfWidths[row] = (int) Math.round(Math.sqrt((double) RADIUS * RADIUS - (double) row * row));
        }
    }

    /// -π..π.
    ///
    /// - `centre`: index of the corner's pixel
    double direction(byte[] pixels, int centre) {
        int momentX = 0;
        int momentY = 0;
        for (int x = 1; x <= RADIUS; x++) {
            momentX += x * ((pixels[centre + x] & 0xff) - (pixels[centre - x] & 0xff));
        }
        for (int row = 1; row <= RADIUS; row++) {
            int above = centre - row * stride;
            int below = centre + row * stride;
            int difference = 0;
            for (int x = -halfWidths[row]; x <= halfWidths[row]; x++) {
                int low = pixels[below + x] & 0xff;
                int high = pixels[above + x] & 0xff;
                difference += low - high;
                momentX += x * (low + high);
            }
            momentY += row * difference;
        }
        return Math.atan2(momentY, momentX);
    }
}
