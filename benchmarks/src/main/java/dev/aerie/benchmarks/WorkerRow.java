package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.stream.Collectors;

/// Figures and criteria of a worker benchmark.
///
/// - `minutes`, `fps`, `frames`, `objects`, `errors`: from its start to its end, by its own counters
/// - `latencyMeanMs`, `latencyP95Ms`: of detector and tracker
/// - `cpuPercent`, `cpuP95Percent`: of one core, mean and 95th percentile of the seconds; `cores`: of the machine
/// - `maxRssMb`, `firstRssMb`, `lastRssMb`: its memory: maximum, and mean of the second and the last tenth of the run
/// - `samples`: number of resource samples, one per second
/// - `detections`: number of files with the objects of a frame
/// - `statisticsMissing`: fields that its statistics file lacks
/// - `exitCode`: after SIGTERM
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record WorkerRow(
        double minutes,
        double fps,
        long frames,
        long objects,
        long errors,
        double latencyMeanMs,
        double latencyP95Ms,
        double cpuPercent,
        double cpuP95Percent,
        int cores,
        double maxRssMb,
        double firstRssMb,
        double lastRssMb,
        int samples,
        long detections,
        List<String> statisticsMissing,
        int exitCode) {

    /// Its configured maximum of files.
    static final int MAX_DETECTIONS = 1000;

    private static final List<String> STATISTICS = List.of(
            "/frames",
            "/objects",
            "/errors",
            "/latency_ms/mean",
            "/latency_ms/min",
            "/latency_ms/max",
            "/latency_ms/p95",
            "/started_at",
            "/ended_at",
            "/frames_processed",
            "/detections_found",
            "/latency_stats/p95",
            "/start_time",
            "/last_frame_time",
            "/end_time");

    private static final double SECONDS_PER_MINUTE = 60;
    private static final double MIN_FPS = 5;
    private static final double MAX_LATENCY_MS = 100;
    private static final double MAX_RSS_MB = 1000;

    /// Limit of CPU use, in percent of all cores: a worker that uses more slows others down.
    private static final double MAX_CPU_PERCENT = 80;

    /// Minimum fraction of the run's seconds with a sample.
    private static final double MIN_SAMPLED = 0.9;

    WorkerRow {
        statisticsMissing = List.copyOf(statisticsMissing);
    }

    static WorkerRow of(JsonNode statistics, ResourceWatch resources, long detections, int exitCode) {
        JsonNode latency = statistics.path("latency_ms");
        return new WorkerRow(
                Math.round(statistics.path("seconds").asDouble() / 6) / 10.0,
                statistics.path("fps").asDouble(),
                statistics.path("frames").asLong(),
                statistics.path("objects").asLong(),
                statistics.path("errors").asLong(),
                latency.path("mean").asDouble(),
                latency.path("p95").asDouble(),
                resources.meanCpuPercent(),
                resources.cpuP95Percent(),
                Runtime.getRuntime().availableProcessors(),
                resources.maxRssMb(),
                resources.meanRssMb(0.1, 0.2),
                resources.meanRssMb(0.9, 1),
                resources.seconds(),
                detections,
                STATISTICS.stream()
                        .filter(field -> statistics.at(field).isMissingNode())
                        .toList(),
                exitCode);
    }

    /// Acceptance criteria of a worker and whether it met them.
    @JsonProperty("criteria")
    List<Criterion> criteria() {
        double sampledSeconds = MIN_SAMPLED * minutes * SECONDS_PER_MINUTE;
        return List.of(
                criterion("frames", "at least 5/s", "%.1f/s".formatted(fps), fps >= MIN_FPS),
                criterion("inference P95", "below 100 ms", "%.1f ms".formatted(latencyP95Ms), isFast()),
                criterion(
                        "CPU P95",
                        "at most 80 % of " + cores + " cores",
                        "%.0f %%".formatted(machinePercent()),
                        machinePercent() <= MAX_CPU_PERCENT),
                criterion("memory", "below 1000 MB", "%.0f MB at most".formatted(maxRssMb), maxRssMb < MAX_RSS_MB),
                criterion("errors", "none in some frames", errors + " in " + frames, frames > 0 && errors == 0),
                criterion("exit code on SIGTERM", "0", Integer.toString(exitCode), exitCode == 0),
                criterion("worker_stats.json", "nothing lacks", missing(), statisticsMissing.isEmpty()),
                criterion(
                        "performance_report.json",
                        "a sample a second",
                        samples + " samples",
                        samples >= sampledSeconds),
                criterion("detections", "1 to " + MAX_DETECTIONS + " files", detections + " files", isBounded()));
    }

    private static Criterion criterion(String name, String wanted, String found, boolean met) {
        return new Criterion(name, wanted, found, met);
    }

    private double machinePercent() {
        return cpuP95Percent / cores;
    }

    private boolean isFast() {
        return frames > 0 && latencyP95Ms < MAX_LATENCY_MS;
    }

    private boolean isBounded() {
        return detections <= MAX_DETECTIONS && (detections > 0 || objects == 0);
    }

    private String missing() {
        return statisticsMissing.isEmpty() ? "all is there" : "lacks " + String.join(", ", statisticsMissing);
    }

    @JsonProperty("met")
    boolean isGood() {
        return Criterion.areMet(criteria());
    }

    String toText() {
        return """
            frames      %d in %.1f min, %.1f a second, %d objects, %d errors
            latency     %.1f ms mean, %.1f ms P95
            processor   %.0f %% of one core, %.0f %% P95, %d cores
            memory      %.0f MB at most, %.0f MB early, %.0f MB late

            %s\
            """.formatted(
                        frames,
                        minutes,
                        fps,
                        objects,
                        errors,
                        latencyMeanMs,
                        latencyP95Ms,
                        cpuPercent,
                        cpuP95Percent,
                        cores,
                        maxRssMb,
                        firstRssMb,
                        lastRssMb,
                        criteria().stream().map(Criterion::toLine).collect(Collectors.joining("\n")));
    }
}
