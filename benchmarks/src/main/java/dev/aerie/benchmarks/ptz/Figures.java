package dev.aerie.benchmarks.ptz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.ptz.scenario.RunScore;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One figure of each kind over several runs; see [RunScore] for what they mean.
record Figures(
        @JsonProperty("hold_percent") double holdPercent,
        @JsonProperty("in_frame_percent") double inFramePercent,
        @JsonProperty("rms_deg") double rmsDegrees,
        @JsonProperty("acquire_s") double acquireSeconds,
        @JsonProperty("overshoot_percent") double overshootPercent,
        @JsonProperty("commands_per_s") double commandsPerSecond,
        double losses,
        double recoveries,
        double reversals) {

    /// - `runs`: at least one
    static Figures median(List<RunScore> runs) {
        return of(runs, false);
    }

    /// Of each kind the worst by itself; for recoveries the least.
    static Figures worst(List<RunScore> runs) {
        return of(runs, true);
    }

    private static Figures of(List<RunScore> runs, boolean worst) {
        return new Figures(
                figure(runs, worst, true, RunScore::holdPercent),
                figure(runs, worst, true, RunScore::inFramePercent),
                figure(runs, worst, false, RunScore::rmsDegrees),
                figure(runs, worst, false, RunScore::acquireSeconds),
                figure(runs, worst, false, RunScore::overshootPercent),
                figure(runs, worst, false, RunScore::commandsPerSecond),
                figure(runs, worst, false, RunScore::losses),
                figure(runs, worst, true, RunScore::recoveries),
                figure(runs, worst, false, RunScore::reversals));
    }

    private static double figure(
            List<RunScore> runs, boolean worst, boolean moreIsBetter, ToDoubleFunction<RunScore> of) {
        var sorted = runs.stream()
                .map(of::applyAsDouble)
                .sorted(moreIsBetter ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .toList();
        double figure = worst ? sorted.getLast() : middle(sorted);
        return Math.round(figure * 100) / 100.0;
    }

    private static double middle(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
