package dev.aerie.vision.colour;

/// Smooths a histogram of several dimensions along each of them by the weights 1/4, 1/2, 1/4.
public final class HistogramBlur {

    private HistogramBlur() {}

    /// Returns a smoothed copy; weight beyond the border is dropped.
    ///
    /// - `sides`: length of each dimension, the last one's neighbours next to each other in memory
    public static float[] along(float[] histogram, int... sides) {
        float[] from = histogram.clone();
        var to = new float[from.length];
        int stride = from.length;
        for (int side : sides) {
            stride /= side;
            along(from, to, side, stride);
            float[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void along(float[] from, float[] to, int side, int stride) {
        int block = side * stride;
        for (int start = 0; start < from.length; start += block) {
            for (int row = 0; row < side; row++) {
                int at = start + row * stride;
                int before = row > 0 ? at - stride : at;
                int after = row < side - 1 ? at + stride : at;
                float beforeWeight = row > 0 ? 0.25f : 0;
                float afterWeight = row < side - 1 ? 0.25f : 0;
                for (int i = 0; i < stride; i++) {
                    to[at + i] = 0.5f * from[at + i] + beforeWeight * from[before + i] + afterWeight * from[after + i];
                }
            }
        }
    }
}
