package dev.aerie.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.evaluation.detection.DetectionScores;
import java.io.PrintStream;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Precision and recall of a demo's boxes against the simulator's truth: 0..1, null without boxes or objects.
///
/// - `frames`: processed frames with ground truth
/// - `labelPrecision`: of the right boxes, those with the right label; null for a detector that names no classes
@JsonInclude(JsonInclude.Include.NON_NULL)
record DetectionReport(
        @JsonProperty("detection_frames") long frames,
        @JsonProperty("detection_precision") @Nullable Double precision,
        @JsonProperty("detection_recall") @Nullable Double recall,
        @JsonProperty("label_precision") @Nullable Double labelPrecision) {

    static DetectionReport of(long frames, DetectionScores scores) {
        return new DetectionReport(
                frames, known(scores.precision()), known(scores.recall()), known(scores.labelPrecision()));
    }

    void print(PrintStream out) {
        print(out, "boxes that are right", precision);
        print(out, "bodies that are found", recall);
        print(out, "labels that are right", labelPrecision);
    }

    private static void print(PrintStream out, String what, @Nullable Double share) {
        if (share != null) {
            out.printf("  %-28s %7.0f %% by the simulator's truth%n", what, 100 * share);
        }
    }

    private static @Nullable Double known(OptionalDouble share) {
        return share.isPresent() ? (Double) share.getAsDouble() : null;
    }
}
