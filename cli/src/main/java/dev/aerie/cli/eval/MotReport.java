package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.mot.MotRun;
import dev.aerie.evaluation.mot.MotScores;
import java.util.List;

/// Results of `./aerie eval mot`: a line per sequence, and one JSON object.
///
/// - `isLeaveOneOut`: whether each sequence had settings that were chosen on the others
/// - `runs`: one for each sequence, at least one
/// - `crowdMillis`: median time per frame of [#CROWD] objects
record MotReport(String tracker, boolean isLeaveOneOut, List<MotRun> runs, double crowdMillis) {

    /// Objects of the crowd whose association is timed.
    static final int CROWD = 50;

    static final String HEADING = "sequence             HOTA    DetA    AssA    MOTA    IDF1  switches";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    MotReport {
        runs = List.copyOf(runs);
    }

    MotScores combined() {
        return MotRun.combined(runs);
    }

    /// The line below [#HEADING].
    static String line(String name, MotScores scores) {
        return "%-18s %6.2f  %6.2f  %6.2f  %6.2f  %6.2f  %8d"
                .formatted(
                        name,
                        scores.hota(),
                        scores.detectionAccuracy(),
                        scores.associationAccuracy(),
                        scores.mota(),
                        scores.idf1(),
                        scores.idSwitches());
    }

    /// One line; percent to two decimals.
    String toJson() throws JsonProcessingException {
        var report = JSON.createObjectNode().put("tracker", tracker).put("leave_one_out", isLeaveOneOut);
        var list = report.putArray("sequences");
        for (var run : runs) {
            put(list.addObject().put("name", run.sequence().name()), run.scores());
        }
        put(report.putObject("combined"), combined());
        report.put("association_ms", millis(MotRun.associationMillis(runs)))
                .put("association_50_objects_ms", millis(crowdMillis));
        return JSON.writeValueAsString(report);
    }

    private static void put(ObjectNode node, MotScores scores) {
        node.put("hota", rounded(scores.hota()))
                .put("deta", rounded(scores.detectionAccuracy()))
                .put("assa", rounded(scores.associationAccuracy()))
                .put("mota", rounded(scores.mota()))
                .put("idf1", rounded(scores.idf1()))
                .put("id_switches", scores.idSwitches());
    }

    private static double millis(double time) {
        return Math.round(time * 1e4) / 1e4;
    }

    private static double rounded(double percent) {
        return Math.round(percent * 100) / 100.0;
    }
}
