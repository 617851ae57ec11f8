package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.sot.SotScore;
import java.util.List;

/// Results of `./aerie eval sot`: a line per video, and one JSON object.
record SotReport(String tracker, List<SotScore> sequences) {

    static final String HEADING = "sequence             AUC  prec@20     FPS";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    SotReport {
        sequences = List.copyOf(sequences);
    }

    SotScore mean() {
        return SotScore.mean(sequences);
    }

    /// The line below [#HEADING].
    static String line(SotScore score) {
        return "%-18s %6.3f  %6.3f  %6.1f".formatted(score.name(), score.auc(), score.precision(), score.fps());
    }

    /// One line; figures to four decimals.
    String toJson() throws JsonProcessingException {
        var report = JSON.createObjectNode().put("tracker", tracker);
        var list = report.putArray("sequences");
        for (var score : sequences) {
            put(list.addObject().put("name", score.name()), score);
        }
        put(report.putObject("mean"), mean());
        return JSON.writeValueAsString(report);
    }

    private static void put(ObjectNode node, SotScore score) {
        node.put("auc", rounded(score.auc()))
                .put("precision", rounded(score.precision()))
                .put("fps", rounded(score.fps()));
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }
}
