package dev.aerie.benchmarks.ptz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.benchmarks.handoff.HandoffSeries;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// Targets that went from one camera's reach to another's: ten walkers for each seed and each of three reaches, decided
/// by position and motion alone.
///
/// - `right`: the neighbour took over the walker whom the first camera followed
/// - `wrong`: it took over another one, or nobody
/// - `total`: of both
/// - `worst`: the fewest of ten that were right, in one seed at one reach
public record Handoffs(
        @JsonProperty("right") int right,
        @JsonProperty("wrong") int wrong,
        @JsonProperty("total") int total,
        @JsonProperty("worst") int worst) {

    /// From a gap between the cameras to an overlap.
    private static final double[] REACHES_METRES = {20, 24, 28};

    public Handoffs {
        if (right < 0 || wrong < 0 || right + wrong != total) {
            throw new IllegalArgumentException(
                    "expected right + wrong = total, was " + right + ", " + wrong + ", " + total);
        }
    }

    /// Simulates them for the seeds from 1 to `seeds`.
    static Handoffs simulated(int seeds) {
        return DoubleStream.of(REACHES_METRES)
                .mapToObj(reach -> new HandoffSeries(reach, false))
                .flatMap(series -> LongStream.rangeClosed(1, seeds).mapToObj(series::score))
                .map(score -> new Handoffs(score.right(), score.total() - score.right(), score.total(), score.right()))
                .reduce(Handoffs::plus)
                .orElseThrow();
    }

    private Handoffs plus(Handoffs other) {
        return new Handoffs(
                right + other.right, wrong + other.wrong, total + other.total, Math.min(worst, other.worst));
    }

    /// One line for people.
    String toLine() {
        return "handoffs: " + right + " of " + total + " right, at worst " + worst + " of 10 in one seed";
    }
}
