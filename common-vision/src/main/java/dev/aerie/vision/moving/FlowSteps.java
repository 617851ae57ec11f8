package dev.aerie.vision.moving;

/// The scale of the motion network's features: asinh of a length in cells, in whole steps, so that a twentieth of a
/// cell and ten cells are both told apart. By tables: 200,000 lengths a frame are too many logarithms.
final class FlowSteps {

    /// Features are rounded to this many steps of a unit, as they are in training.
    static final double PER_UNIT = 20;

    static final int MAX = 127;

    /// Motion at which asinh() leaves its straight part.
    private static final double UNIT_CELLS = 0.25;
    /// A float's bits from this one on number its bucket: so narrow that no bucket has two edges of steps.
    private static final int BUCKET_SHIFT = 18;

    /// The length from which on each step is reached; the last is never.
    private static final float[] EDGES = edges();
    /// The step at the beginning of each bucket.
    private static final byte[] FIRST = first();
    /// The length of each step from -[#MAX] on.
    private static final float[] CELLS = lengths();

    private FlowSteps() {}

    /// A feature, in units, of a length in cells with its sign.
    static float feature(float cells) {
        float length = Math.abs(cells);
        int step = FIRST[Float.floatToRawIntBits(length) >>> BUCKET_SHIFT];
        step += length > EDGES[step] ? 1 : 0;
        return (float) ((cells < 0 ? -step : step) / PER_UNIT);
    }

    /// The length in cells that a feature stands for.
    static float cells(float feature) {
        return CELLS[Math.clamp(Math.round(feature * PER_UNIT), -MAX, MAX) + MAX];
    }

    private static float[] edges() {
        var edges = new float[MAX + 1];
        for (int step = 0; step < MAX; step++) {
            edges[step] = (float) (UNIT_CELLS * Math.sinh((step + 0.5) / PER_UNIT));
        }
        edges[MAX] = Float.POSITIVE_INFINITY;
        return edges;
    }

    private static byte[] first() {
        var first = new byte[1 << (Integer.SIZE - BUCKET_SHIFT - 1)];
        int step = 0;
        for (int bucket = 0; bucket < first.length; bucket++) {
            float begin = Float.intBitsToFloat(bucket << BUCKET_SHIFT);
            while (step < MAX && begin >= EDGES[step]) {
                step++;
            }
            first[bucket] = (byte) step;
        }
        return first;
    }

    private static float[] lengths() {
        var lengths = new float[2 * MAX + 1];
        for (int step = -MAX; step <= MAX; step++) {
            lengths[step + MAX] = (float) (UNIT_CELLS * Math.sinh(step / PER_UNIT));
        }
        return lengths;
    }
}
