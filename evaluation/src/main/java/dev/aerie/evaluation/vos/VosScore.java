package dev.aerie.evaluation.vos;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// Accuracy and speed of mask tracking on one video, or the mean of several.
///
/// - `name`: of the video's folder
/// - `j`, `f`: mean over objects of the mean over frames, without the first and the last; 0..1
/// - `fps`: frames per second of the tracker alone, without reading files
public record VosScore(String name, double j, double f, double fps) {

    /// Mean of both measures, DAVIS' J&F.
    public double jf() {
        return (j + f) / 2;
    }

    /// All videos have the same weight; throws [IllegalArgumentException] for none.
    public static VosScore mean(Collection<VosScore> scores) {
        return new VosScore("mean", mean(scores, VosScore::j), mean(scores, VosScore::f), mean(scores, VosScore::fps));
    }

    private static double mean(Collection<VosScore> scores, ToDoubleFunction<VosScore> figure) {
        return scores.stream()
                .mapToDouble(figure)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no video to score"));
    }
}
