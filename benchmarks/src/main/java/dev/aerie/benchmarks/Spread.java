package dev.aerie.benchmarks;

import java.util.List;

/// Distribution of a figure over the seconds of a run.
///
/// - `p95`: 95th percentile, nearest rank
record Spread(double mean, double median, double p95, double max, double min) {

    private static final double P95 = 0.95;

    /// - `figures`: in any order; all results are zero without figures
    static Spread of(List<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new Spread(0, 0, 0, 0, 0);
        }
        double mean = sorted.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return new Spread(
                Math.round(mean * 10) / 10.0, at(sorted, 0.5), at(sorted, P95), sorted.getLast(), sorted.getFirst());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
