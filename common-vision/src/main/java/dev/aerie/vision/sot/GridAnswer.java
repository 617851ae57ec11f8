package dev.aerie.vision.sot;

import java.nio.FloatBuffer;

/// Reads the network's answer: a score and four distances for each point of a grid over the search image. Used by one
/// thread.
final class GridAnswer {

    private static final int GRID = NanoTrackModel.GRID;
    private static final int POINTS = GRID * GRID;

    private final NanoTrackConfig config;
    private final double[] window = new double[POINTS];
    private double bestScore;

    /// The best grid point's box, in pixels of the search image.
    ///
    /// - `offsetX`, `offsetY`: of its centre from the middle of the search image
    /// - `trust`: the network's score after the penalty, 0..1
    record Best(double offsetX, double offsetY, double width, double height, double trust) {}

    GridAnswer(NanoTrackConfig config) {
        this.config = config;
        for (int i = 0; i < POINTS; i++) {
            window[i] = hann(i / GRID) * hann(i % GRID);
        }
    }

    private static double hann(int index) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * index / (GRID - 1));
    }

    /// The best point: by its score, less a penalty where size or aspect change, and by its nearness to the middle.
    ///
    /// - `classes`, `sides`: as [NanoTrackModel] describes them
    /// - `width`, `height`: of the object so far, in pixels of the search image
    Best best(FloatBuffer classes, FloatBuffer sides, double width, double height) {
        int bestPoint = 0;
        double bestValue = Double.NEGATIVE_INFINITY;
        double bestPenalty = 1;
        for (int point = 0; point < POINTS; point++) {
            double penalty = penalty(sides, point, width, height);
            double value = penalty * score(classes, point) * (1 - config.windowInfluence())
                    + window[point] * config.windowInfluence();
            if (value > bestValue) {
                bestPoint = point;
                bestValue = value;
                bestPenalty = penalty;
            }
        }
        bestScore = score(classes, bestPoint);
        return box(sides, bestPoint, bestPenalty * bestScore);
    }

    /// The network's score of the last best point, 0..1.
    double bestScore() {
        return bestScore;
    }

    private static Best box(FloatBuffer sides, int point, double trust) {
        double pointX = (point % GRID - GRID / 2) * (double) NanoTrackModel.STRIDE;
        double pointY = (point / GRID - GRID / 2) * (double) NanoTrackModel.STRIDE;
        double left = sides.get(point);
        double top = sides.get(POINTS + point);
        double right = sides.get(2 * POINTS + point);
        double bottom = sides.get(3 * POINTS + point);
        return new Best(pointX + (right - left) / 2, pointY + (bottom - top) / 2, left + right, top + bottom, trust);
    }

    private static double score(FloatBuffer classes, int point) {
        return 1 / (1 + Math.exp(classes.get(point) - (double) classes.get(POINTS + point)));
    }

    private double penalty(FloatBuffer sides, int point, double width, double height) {
        double newWidth = sides.get(point) + (double) sides.get(2 * POINTS + point);
        double newHeight = sides.get(POINTS + point) + (double) sides.get(3 * POINTS + point);
        double sizeChange = change(paddedSize(newWidth, newHeight) / paddedSize(width, height));
        double aspectChange = change((width / height) / (newWidth / newHeight));
        return Math.exp(-(sizeChange * aspectChange - 1) * config.penalty());
    }

    private static double change(double ratio) {
        return Math.max(ratio, 1 / ratio);
    }

    private static double paddedSize(double width, double height) {
        double padding = (width + height) / 2;
        return Math.sqrt((width + padding) * (height + padding));
    }
}
