package dev.aerie.cli.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.slam.SequenceRun;
import dev.aerie.evaluation.slam.SlamScore;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Results of `./aerie eval slam` on a sequence: a line per run, the median and the worst of them, and one JSON object.
///
/// - `runs`: at least one
/// - `peers`: results of others on the same frames, by name
record SlamReport(List<Line> runs, Map<String, Line> peers) {

    private static final String COLUMNS = "%8s %8s %6s %8s %8s %8s %8s %7s %8s %8s %8s"
            .formatted(
                    "frames", "tracked", "parts", "ATE m", "ARE °", "RPE m", "path m", "FPS", "p50 ms", "p95 ms",
                    "p99 ms");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// One run; without a score if there is no ground truth.
    record Line(SequenceRun run, Optional<SlamScore> score) {

        double figure(ToDoubleFunction<SlamScore> figure) {
            return score.isPresent() ? figure.applyAsDouble(score.get()) : Double.NaN;
        }
    }

    SlamReport {
        runs = List.copyOf(runs);
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    /// The heading above the lines, with the sequence's name.
    static String headingOf(String name) {
        return "%-22s %s".formatted(name, COLUMNS);
    }

    /// The line below [#headingOf].
    static String line(String name, Line line) {
        var run = line.run();
        return "%-22s %8d %7.1f%% %6d %8.4f %8.4f %8.4f %8.1f %7.1f %8.1f %8.1f %8.1f"
                .formatted(
                        name,
                        run.frames(),
                        run.trackedPercent(),
                        run.submaps(),
                        line.figure(SlamScore::ateMetres),
                        line.figure(SlamScore::areDegrees),
                        line.figure(SlamScore::rpeMetres),
                        line.figure(SlamScore::pathMetres),
                        run.framesPerSecond(),
                        run.latencyMillis(0.5),
                        run.latencyMillis(0.95),
                        run.latencyMillis(0.99));
    }

    /// The run whose error is the median of all; of two in the middle the worse one.
    Line median() {
        return byError().get(runs.size() / 2);
    }

    Line worst() {
        return byError().getLast();
    }

    private List<Line> byError() {
        return runs.stream()
                .sorted(Comparator.comparingDouble((Line line) -> line.figure(SlamScore::ateMetres))
                        .thenComparing(Comparator.comparingDouble(
                                        (Line line) -> line.run().framesPerSecond())
                                .reversed()))
                .toList();
    }

    /// One line: the figures of the median run, and the worst of each over all runs. Figures that need ground truth are
    /// omitted without it.
    String toJson() throws JsonProcessingException {
        return JSON.writeValueAsString(toTree());
    }

    /// One line: `sequences`, each with its `name` and the figures of [#toJson].
    static String toJson(Map<String, SlamReport> reports) throws JsonProcessingException {
        var all = JSON.createObjectNode();
        var sequences = all.putArray("sequences");
        reports.forEach(
                (name, report) -> sequences.addObject().put("name", name).setAll(report.toTree()));
        return JSON.writeValueAsString(all);
    }

    private ObjectNode toTree() {
        var median = median();
        var run = median.run();
        var report = JSON.createObjectNode()
                .put("frames", run.frames())
                .put("tracked_percent", run.trackedPercent())
                .put("parts", run.submaps())
                .put("fps", rounded(run.framesPerSecond()))
                .put("latency_p50_ms", rounded(run.latencyMillis(0.5)))
                .put("latency_p95_ms", rounded(run.latencyMillis(0.95)))
                .put("latency_p99_ms", rounded(run.latencyMillis(0.99)))
                .put("runs", runs.size());
        median.score()
                .ifPresent(score -> report.put("ate_rmse_m", rounded(score.ateMetres()))
                        .put("are_rmse_deg", rounded(score.areDegrees()))
                        .put("are_rmse_deg_aligned_by_places", rounded(score.areAfterPositionsDegrees()))
                        .put("rpe_m", rounded(score.rpeMetres()))
                        .put("path_m", rounded(score.pathMetres()))
                        .put("ate_rmse_m_worst", rounded(worst().figure(SlamScore::ateMetres))));
        report.put(
                        "tracked_percent_worst",
                        worstOf(line -> -line.run().trackedPercent()).run().trackedPercent())
                .put(
                        "fps_worst",
                        rounded(worstOf(line -> -line.run().framesPerSecond())
                                .run()
                                .framesPerSecond()));
        var others = report.putArray("peers");
        peers.forEach((name, peer) -> others.addObject()
                .put("name", name)
                .put("fps", rounded(peer.run().framesPerSecond()))
                .put("ate_rmse_m", rounded(peer.figure(SlamScore::ateMetres)))
                .put("are_rmse_deg", rounded(peer.figure(SlamScore::areDegrees)))
                .put("rpe_m", rounded(peer.figure(SlamScore::rpeMetres))));
        return report;
    }

    private Line worstOf(ToDoubleFunction<Line> badness) {
        return runs.stream().max(Comparator.comparingDouble(badness)).orElseThrow();
    }

    private static double rounded(double figure) {
        return Math.round(figure * 1e5) / 1e5;
    }
}
