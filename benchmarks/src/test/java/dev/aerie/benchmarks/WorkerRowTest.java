package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerRowTest {

    private static final String STATISTICS = """
        {"frames": 3000, "objects": 9000, "errors": 0,
         "latency_ms": {"mean": 21.5, "min": 9.0, "max": 88.0, "p95": 40.5},
         "started_at": "2026-11-21T10:00:00Z", "ended_at": "2026-11-21T10:10:00Z", "seconds": 600.0, "fps": 5.0,
         "frames_processed": 3000, "detections_found": 9000, "latency_stats": {"p95": 40.5},
         "start_time": 1763719200.0, "last_frame_time": 1763719799.9, "end_time": 1763719800.0}\
        """;

    @Test
    void of_statisticsOfAWorker_takesItsFigures() throws Exception {
        var resources = new ResourceWatch(ProcessHandle.current().pid());

        var row = WorkerRow.of(new ObjectMapper().readTree(STATISTICS), resources, 7, 0);

        assertThat(row.minutes()).isEqualTo(10);
        assertThat(row.fps()).isEqualTo(5);
        assertThat(row.frames()).isEqualTo(3000);
        assertThat(row.objects()).isEqualTo(9000);
        assertThat(row.latencyP95Ms()).isEqualTo(40.5);
        assertThat(row.detections()).isEqualTo(7);
        assertThat(row.toText()).contains("3000 in 10.0 min").contains("40.5 ms P95");
    }

    @Test
    void criteria_processorBusyBeyondFourFifthsOfTheMachine_isNotMet() {
        var row = new WorkerRow(10, 5, 100, 5, 0, 20, 50, 90, 161, 2, 500, 500, 500, 600, 10, List.of(), 0);

        assertThat(row.criteria())
                .filteredOn(criterion -> !criterion.met())
                .extracting(Criterion::name, Criterion::wanted, Criterion::found)
                .containsExactly(tuple("CPU P95", "at most 80 % of 2 cores", "81 %"));
    }

    @Test
    void of_statisticsThatLackFigures_namesThem() throws Exception {
        var resources = new ResourceWatch(ProcessHandle.current().pid());
        var statistics = new ObjectMapper().readTree(STATISTICS.replace("\"max\"", "\"most\""));

        var row = WorkerRow.of(statistics, resources, 7, 0);

        assertThat(row.criteria())
                .filteredOn(criterion -> !criterion.met())
                .extracting(Criterion::name, Criterion::found)
                .contains(tuple("worker_stats.json", "lacks /latency_ms/max"));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 5.0, 99.9, 999, 1000, 540, 0, ''",
        "0, 0, 5.0, 99.9, 999, 1000, 540, 0, 'inference P95, errors'",
        "100, 1, 5.0, 99.9, 999, 1000, 540, 0, errors",
        "100, 0, 4.9, 99.9, 999, 1000, 540, 0, frames",
        "100, 0, 5.0, 100, 999, 1000, 540, 0, inference P95",
        "100, 0, 5.0, 99.9, 1000, 1000, 540, 0, memory",
        "100, 0, 5.0, 99.9, 999, 1001, 540, 0, detections",
        "100, 0, 5.0, 99.9, 999, 0, 540, 0, detections",
        "100, 0, 5.0, 99.9, 999, 1000, 539, 0, performance_report.json",
        "100, 0, 5.0, 99.9, 999, 1000, 540, 143, exit code on SIGTERM"
    })
    void criteria_oneFigureBeyondItsLimit_isNotMet(
            long frames, long errors, double fps, double p95, double rss, long files, int samples, int exit, String not)
            throws Exception {
        var row = new WorkerRow(
                10, fps, frames, 5, errors, 20, p95, 90, 160, 2, rss, rss, rss, samples, files, List.of(), exit);

        assertThat(row.criteria().stream()
                        .filter(criterion -> !criterion.met())
                        .map(Criterion::name)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(not);
        assertThat(row.isGood()).isEqualTo(not.isEmpty());
        assertThat(new ObjectMapper().valueToTree(row).path("met").asBoolean()).isEqualTo(not.isEmpty());
        assertThat(row.toText()).contains(not.isEmpty() ? "met      frames" : "NOT MET");
    }
}
