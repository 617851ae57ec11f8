package dev.aerie.vision.sam2;

/// Resizes a plane of numbers by averaging over triangles as wide as what each result covers.
///
/// As PyTorch's `interpolate(mode="bilinear", align_corners=False, antialias=True)`; where it enlarges, this is plain
/// bilinear interpolation.
record AntialiasedResize(int fromWidth, int fromHeight, int toWidth, int toHeight) {

    /// - `plane`: rows from the top, `fromWidth * fromHeight`
    /// - returns `toWidth * toHeight`
    float[] apply(float[] plane) {
        var columns = Triangles.of(fromWidth, toWidth);
        var rows = Triangles.of(fromHeight, toHeight);
        var narrow = new float[toWidth * fromHeight];
        for (int y = 0; y < fromHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                narrow[y * toWidth + x] = columns.sum(x, plane, y * fromWidth, 1);
            }
        }
        var result = new float[toWidth * toHeight];
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                result[y * toWidth + x] = rows.sum(y, narrow, x, toWidth);
            }
        }
        return result;
    }

    /// Which numbers each result is a mean of, and their weights, along one axis.
    private static final class Triangles {

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
}
