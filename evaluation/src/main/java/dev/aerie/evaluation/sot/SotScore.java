package dev.aerie.evaluation.sot;

import dev.aerie.messages.Box;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// How well a single-object tracker did on one video, or on average.
///
/// - `auc`: area under the success curve, 0..1: the share of frames whose overlap is above a threshold, averaged over
///   21 thresholds from 0 to 1
/// - `precision`: share of frames whose centre is at most 20 pixels from the true one, 0..1
/// - `fps`: frames per second of the tracker alone, without reading files
///
/// Source: Wu, Lim and Yang 2013 (OTB), one pass; the first frame, which is given, does not count.
public record SotScore(String name, double auc, double precision, double fps) {

    private static final double MAX_CENTRE_PIXELS = 20;
    private static final int THRESHOLDS = 21;

    /// Of the boxes of one video.
    ///
    /// - `truth`, `found`: of the same frames, at least one
    public static SotScore of(String name, List<Box> truth, List<Box> found, double fps) {
        double auc = IntStream.range(0, THRESHOLDS)
                .mapToDouble(i -> (double) i / (THRESHOLDS - 1))
                .map(threshold -> share(truth, found, (real, box) -> real.overlapWith(box) > threshold))
                .average()
                .orElseThrow();
        return new SotScore(
                name, auc, share(truth, found, (real, box) -> centreDistance(real, box) <= MAX_CENTRE_PIXELS), fps);
    }

    /// All videos have the same weight; throws [IllegalArgumentException] for none.
    public static SotScore mean(Collection<SotScore> scores) {
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("no video to score");
        }
        return new SotScore(
                "mean",
                scores.stream().mapToDouble(SotScore::auc).average().orElseThrow(),
                scores.stream().mapToDouble(SotScore::precision).average().orElseThrow(),
                scores.stream().mapToDouble(SotScore::fps).average().orElseThrow());
    }

    @FunctionalInterface
    private interface Success {
        boolean of(Box truth, Box found);
    }

    private static double share(List<Box> truth, List<Box> found, Success success) {
        if (truth.isEmpty() || truth.size() != found.size()) {
            throw new IllegalArgumentException(
                    "expected as many boxes, at least one, was " + truth.size() + " and " + found.size());
        }
        long good = IntStream.range(0, truth.size())
                .filter(i -> success.of(truth.get(i), found.get(i)))
                .count();
        return (double) good / truth.size();
    }

    private static double centreDistance(Box one, Box other) {
        double x = one.leftPixels() + one.widthPixels() / 2 - other.leftPixels() - other.widthPixels() / 2;
        double y = one.topPixels() + one.heightPixels() / 2 - other.topPixels() - other.heightPixels() / 2;
        return Math.hypot(x, y);
    }
}
