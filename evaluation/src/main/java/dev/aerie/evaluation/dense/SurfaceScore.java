package dev.aerie.evaluation.dense;

import dev.aerie.geometry.Vector3;
import java.util.Arrays;
import java.util.List;

/// Points on surfaces against true ones; distances count up to 2 m.
///
/// - `points`: that were found
/// - `accuracyMetres`: from a found point to the nearest true one, in the mean; `accuracyMedianMetres`: in the median
/// - `completenessMetres`, `completenessMedianMetres`: from a true point to the nearest found one
/// - `precision`, `recall`: fraction of found points, of true points, within the threshold
/// - `thresholdMetres`: 1 % of the median true depth
public record SurfaceScore(
        int points,
        double accuracyMetres,
        double accuracyMedianMetres,
        double completenessMetres,
        double completenessMedianMetres,
        double precision,
        double recall,
        double thresholdMetres) {

    static final double LIMIT_METRES = 2;

    /// Of all points so many are judged at most, evenly chosen.
    private static final int MAX_JUDGED = 50_000;

    /// - `truth`: what a found point may be near; `wanted`: what should be found
    static SurfaceScore of(List<Vector3> found, List<Vector3> truth, List<Vector3> wanted, double thresholdMetres) {
        double[] accuracy = distances(found, truth);
        double[] completeness = distances(wanted, found);
        return new SurfaceScore(
                found.size(),
                mean(accuracy),
                median(accuracy),
                mean(completeness),
                median(completeness),
                within(accuracy, thresholdMetres),
                within(completeness, thresholdMetres),
                thresholdMetres);
    }

    /// Harmonic mean of precision and recall.
    public double fScore() {
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static double[] distances(List<Vector3> from, List<Vector3> to) {
        var nearest = new NearestPoints(to, LIMIT_METRES);
        int step = Math.max(1, Math.ceilDiv(from.size(), MAX_JUDGED));
        double[] distances = new double[Math.ceilDiv(from.size(), step)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = nearest.distance(from.get(i * step));
        }
        Arrays.sort(distances);
        return distances;
    }

    private static double mean(double[] distances) {
        double sum = 0;
        for (double distance : distances) {
            sum += distance;
        }
        return sum / distances.length;
    }

    private static double median(double[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static double within(double[] distances, double threshold) {
        int count = 0;
        for (double distance : distances) {
            count += distance <= threshold ? 1 : 0;
        }
        return distances.length == 0 ? 0 : (double) count / distances.length;
    }
}
