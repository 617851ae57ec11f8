package dev.aerie.slam.dense.slam3r;

import dev.aerie.geometry.Vector3;
import java.util.List;

/// The point that each pixel of a square frame shows, in axes and a unit of the network's choice, and how sure that is.
public final class PointMap {

    private final float[] points;
    private final float[] confidences;

    /// - `points`: x, y, z of each pixel, row by row; `confidences`: of each pixel, at least 1; both owned from now on
    public PointMap(float[] points, float[] confidences) {
        if (points.length != 3 * confidences.length) {
            throw new IllegalArgumentException(points.length + " numbers for " + confidences.length + " points");
        }
        this.points = points;
        this.confidences = confidences;
    }

    /// How many pixels there are.
    public int count() {
        return confidences.length;
    }

    public Vector3 point(int pixel) {
        return new Vector3(points[3 * pixel], points[3 * pixel + 1], points[3 * pixel + 2]);
    }

    public float confidence(int pixel) {
        return confidences[pixel];
    }

    /// x, y, z of each pixel; lent.
    public float[] points() {
        return points;
    }

    public double meanConfidence() {
        double sum = 0;
        for (float confidence : confidences) {
            sum += confidence;
        }
        return sum / confidences.length;
    }

    /// These, in one unit in which their sure points are 1 away from the origin in the mean; unsure points become 0.
    static List<PointMap> normalised(List<PointMap> maps, double sureConfidence) {
        double sum = 0;
        long sure = 0;
        for (var map : maps) {
            for (int i = 0; i < map.count(); i++) {
                if (map.confidences[i] > sureConfidence) {
                    sum += map.point(i).length();
                    sure++;
                }
            }
        }
        float factor = sum > 0 ? (float) (sure / sum) : 1;
        return maps.stream().map(map -> map.scaled(factor, sureConfidence)).toList();
    }

    private PointMap scaled(float factor, double sureConfidence) {
        float[] scaled = new float[points.length];
        for (int i = 0; i < points.length; i++) {
            scaled[i] = confidences[Math.floorDiv(i, 3)] > sureConfidence ? points[i] * factor : 0;
        }
        return new PointMap(scaled, confidences);
    }
}
