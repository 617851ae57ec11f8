package dev.aerie.vision.sam2;

/// Which numbers each result of [AntialiasedResize] is a mean of, and their weights, along one axis.
final class Triangles {

    private final int[] first;
    private final float[][] weights;

    private Triangles(int results) {
        first = new int[results];
        weights = new float[results][];
    }

    static Triangles of(int from, int to) {
        var triangles = new Triangles(to);
        double scale = (double) from / to;
        double reach = Math.max(1, scale);
        for (int i = 0; i < to; i++) {
            double centre = scale * (i + 0.5);
            int start = Math.max(0, (int) (centre - reach + 0.5));
            int end = Math.min(from, (int) (centre + reach + 0.5));
            triangles.first[i] = start;
            triangles.weights[i] = weights(start, end, centre, reach);
        }
        return triangles;
    }

    /// The first number that counts for `result`.
    int first(int result) {
        return first[result];
    }

    /// The weights of that number and those behind it, which sum up to 1; lent.
    float[] weights(int result) {
        return weights[result];
    }

    /// The mean for `result` of `values` from `offset` on, `stride` apart.
    float sum(int result, float[] values, int offset, int stride) {
        float sum = 0;
        int at = offset + first[result] * stride;
        for (float weight : weights[result]) {
            sum += weight * values[at];
            at += stride;
        }
        return sum;
    }

    private static float[] weights(int start, int end, double centre, double reach) {
        var raw = new double[end - start];
        double total = 0;
        for (int j = 0; j < raw.length; j++) {
            raw[j] = Math.max(0, 1 - Math.abs((start + j + 0.5 - centre) / reach));
            total += raw[j];
        }
        var weights = new float[raw.length];
        for (int j = 0; j < raw.length; j++) {
            weights[j] = (float) (raw[j] / total);
        }
        return weights;
    }
}
