package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.vos.AutoScore;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Results of `./aerie eval vos --auto`: a line per video, one for the worlds that stand still, and one JSON object.
///
/// - `still`: of those worlds
record VosAutoReport(String tracker, String detector, List<AutoScore> sequences, List<AutoScore> still) {

    static final String HEADING =
            "sequence              J       F     J&F     FPS  detector CPU ms   box P   box R  nothing  false objects"
                    + "  object P  object R  names";

    private static final int MAX_NAMES = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    VosAutoReport {
        sequences = List.copyOf(sequences);
        still = List.copyOf(still);
    }

    AutoScore mean() {
        return AutoScore.mean(sequences);
    }

    /// The line below [#HEADING].
    static String line(AutoScore score) {
        return "%s  %15.1f  %6s  %6s  %6.1f%%  %12.2f%%  %8s  %8s  %s"
                .formatted(
                        VosReport.line(score.vos()),
                        score.detectorCpuMillis(),
                        text(score.boxes().precision()),
                        text(score.boxes().recall()),
                        100 * score.blindShare(),
                        100 * score.falseObjectArea(),
                        text(score.objects().precision()),
                        text(score.objects().recall()),
                        names(score));
    }

    /// `person 0.80, moving 0.20`: shares of the names given to what is there, the three most frequent; then how many
    /// names are right, where the truth knows.
    private static String names(AutoScore score) {
        double all = score.labels().values().stream().mapToLong(Long::longValue).sum();
        String shares = score.labels().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MAX_NAMES)
                .map(entry -> "%s %.2f".formatted(entry.getKey(), entry.getValue() / all))
                .collect(Collectors.joining(", "));
        return score.isClassKnown() && score.objects().named() > 0
                ? shares + "; right " + text(score.objects().labelPrecision())
                : shares;
    }

    String stillLine() {
        var mean = AutoScore.mean(still);
        return "worlds that stand still: the detector's boxes cover %.2f %% of the frame, the confirmed objects %.2f %%"
                .formatted(100 * mean.falseBoxArea(), 100 * mean.falseObjectArea());
    }

    private static String text(OptionalDouble share) {
        return share.isPresent() ? "%.3f".formatted(share.getAsDouble()) : "-";
    }

    /// One line; figures to four decimals.
    String toJson() throws JsonProcessingException {
        var report = JSON.createObjectNode()
                .put("tracker", tracker)
                .put("model", tracker)
                .put("detector", detector);
        var list = report.putArray("sequences");
        for (var score : sequences) {
            put(list.addObject().put("name", score.name()), score);
        }
        put(report.putObject("mean"), mean());
        var mean = AutoScore.mean(still);
        report.putObject("still")
                .put("worlds", still.size())
                .put("frames", mean.judged())
                .put("false_box_area", rounded(mean.falseBoxArea()))
                .put("false_object_area", rounded(mean.falseObjectArea()));
        return JSON.writeValueAsString(report);
    }

    private static void put(ObjectNode node, AutoScore score) {
        VosReport.put(node, score.vos());
        score.boxes().precision().ifPresent(share -> node.put("box_precision", rounded(share)));
        score.boxes().recall().ifPresent(share -> node.put("box_recall", rounded(share)));
        score.objects().precision().ifPresent(share -> node.put("object_precision", rounded(share)));
        score.objects().recall().ifPresent(share -> node.put("object_recall", rounded(share)));
        if (score.isClassKnown()) {
            score.objects().labelPrecision().ifPresent(share -> node.put("label_precision", rounded(share)));
        }
        var labels = node.putObject("labels");
        score.labels().forEach(labels::put);
        node.put("nothing_found", rounded(score.blindShare()))
                .put("detector_cpu_ms", rounded(score.detectorCpuMillis()));
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }
}
