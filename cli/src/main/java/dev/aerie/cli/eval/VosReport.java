package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.vos.VosScore;
import java.util.List;

/// Results of `./aerie eval vos`: a line per video, and one JSON object.
record VosReport(String tracker, String model, List<VosScore> sequences) {

    static final String HEADING = "sequence              J       F     J&F     FPS";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    VosReport {
        sequences = List.copyOf(sequences);
    }

    VosScore mean() {
        return VosScore.mean(sequences);
    }

    /// The line below [#HEADING].
    static String line(VosScore score) {
        return "%-18s %6.3f  %6.3f  %6.3f  %6.1f"
                .formatted(score.name(), score.j(), score.f(), score.jf(), score.fps());
    }

    /// One line; figures to four decimals.
    String toJson() throws JsonProcessingException {
        var report = JSON.createObjectNode().put("tracker", tracker).put("model", model);
        var list = report.putArray("sequences");
        for (var score : sequences) {
            put(list.addObject().put("name", score.name()), score);
        }
        put(report.putObject("mean"), mean());
        return JSON.writeValueAsString(report);
    }

    static void put(ObjectNode node, VosScore score) {
        node.put("j", rounded(score.j()))
                .put("f", rounded(score.f()))
                .put("jf", rounded(score.jf()))
                .put("fps", rounded(score.fps()));
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e4) / 1e4;
    }
}
