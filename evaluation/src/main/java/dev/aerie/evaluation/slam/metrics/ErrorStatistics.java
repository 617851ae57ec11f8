package dev.aerie.evaluation.slam.metrics;

import java.util.Arrays;

/// Statistics of a set of errors, in their unit.
public record ErrorStatistics(int count, double rmse, double mean, double median, double worst) {

    /// Throws [IllegalArgumentException] for no errors at all.
    static ErrorStatistics of(double[] errors) {
        if (errors.length == 0) {
            throw new IllegalArgumentException("there is nothing to compare");
        }
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        int middle = Math.floorDiv(sorted.length, 2);
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        double squares = Arrays.stream(errors).map(error -> error * error).sum();
        return new ErrorStatistics(
                errors.length,
                Math.sqrt(squares / errors.length),
                Arrays.stream(errors).average().orElseThrow(),
                median,
                sorted[sorted.length - 1]);
    }
}
