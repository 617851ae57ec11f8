package dev.aerie.benchmarks.ptz;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.aerie.ptz.scenario.RunScore;
import java.util.List;
import java.util.Locale;

/// One controller with one camera in one scenario.
///
/// - `seeds`: how many runs
/// - `median`: of each figure
/// - `worst`: of each figure by itself
record PtzRow(
        String scenario,
        String personality,
        String controller,
        int seeds,
        @JsonUnwrapped Figures median,
        Figures worst) {

    static final String HEADING =
            "scenario     camera         controller          hold %  worst  in frame %  rms deg  worst  acquire s"
                    + "  overshoot %  commands/s  losses  worst  recoveries  reversals";

    /// - `runs`: one of each seed
    static PtzRow of(String scenario, String personality, Controller controller, List<RunScore> runs) {
        return new PtzRow(
                scenario, personality, controller.label(), runs.size(), Figures.median(runs), Figures.worst(runs));
    }

    /// The row below [#HEADING].
    String toLine() {
        return String.format(
                Locale.ROOT,
                "%-12s %-14s %-19s %6.1f %6.1f %11.1f %8.2f %6.2f %10.2f %12.1f %11.1f %7.1f %6.0f %11.1f %10.1f",
                scenario,
                personality,
                controller,
                median.holdPercent(),
                worst.holdPercent(),
                median.inFramePercent(),
                median.rmsDegrees(),
                worst.rmsDegrees(),
                median.acquireSeconds(),
                median.overshootPercent(),
                median.commandsPerSecond(),
                median.losses(),
                worst.losses(),
                median.recoveries(),
                median.reversals());
    }
}
