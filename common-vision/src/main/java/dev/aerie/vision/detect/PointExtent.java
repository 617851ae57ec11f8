package dev.aerie.vision.detect;

import dev.aerie.messages.Box;

/// Extent of a set of points, in pixels.
final class PointExtent {

    private int count;
    private double left = Double.POSITIVE_INFINITY;
    private double top = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double bottom = Double.NEGATIVE_INFINITY;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumXy;
    private double sumYy;

    void add(double x, double y) {
        count++;
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
        sumX += x;
        sumY += y;
        sumXx += x * x;
        sumXy += x * y;
        sumYy += y * y;
    }

    int count() {
        return count;
    }

    /// Standard deviation across the direction in which the points lie closest together; 0 for points on one line.
    double spread() {
        double xx = sumXx / count - sumX / count * (sumX / count);
        double xy = sumXy / count - sumX / count * (sumY / count);
        double yy = sumYy / count - sumY / count * (sumY / count);
        return Math.sqrt(Math.max(0, (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy)));
    }

    /// The box round all of them, and so many pixels more on each side.
    Box boxWith(double marginPixels) {
        return new Box(
                left - marginPixels,
                top - marginPixels,
                right - left + 2 * marginPixels,
                bottom - top + 2 * marginPixels);
    }
}
