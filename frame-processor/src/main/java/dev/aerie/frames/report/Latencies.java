package dev.aerie.frames.report;

/// Durations in counters half a millisecond wide, up to ten seconds: mean, least and most exact, percentiles to the
/// counter. Not safe for several threads.
final class Latencies {

    private static final double MILLIS_PER_COUNTER = 0.5;
    private static final int COUNTERS = 20_000;

    private final long[] counts = new long[COUNTERS];
    private long total;
    private double sumMillis;
    private double minMillis = Double.POSITIVE_INFINITY;
    private double maxMillis;

    void add(double millis) {
        counts[(int) Math.clamp(millis / MILLIS_PER_COUNTER, 0, COUNTERS - 1)]++;
        total++;
        sumMillis += millis;
        minMillis = Math.min(minMillis, millis);
        maxMillis = Math.max(maxMillis, millis);
    }

    double meanMillis() {
        return total == 0 ? 0 : sumMillis / total;
    }

    double minMillis() {
        return total == 0 ? 0 : minMillis;
    }

    double maxMillis() {
        return maxMillis;
    }

    /// Which `share` (0..1) of all do not exceed; 0 where there are none.
    double percentileMillis(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < COUNTERS && total > 0; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(maxMillis, (i + 1) * MILLIS_PER_COUNTER);
            }
        }
        return maxMillis;
    }
}
