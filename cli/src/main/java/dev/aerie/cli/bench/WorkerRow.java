package dev.aerie.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/// How a worker did.
///
/// - `minutes`, `fps`, `frames`, `objects`, `errors`: from its start to its end, as it counted itself
/// - `latencyMeanMs`, `latencyP95Ms`: of detector and tracker
/// - `maxRssMb`, `firstRssMb`, `lastRssMb`: its memory, the most, and the mean of the second and the last tenth
/// - `detections`: files with the objects of a picture
/// - `exitCode`: of SIGTERM
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
        double maxRssMb,
        double firstRssMb,
        double lastRssMb,
        long detections,
        int exitCode) {

    private static final double LEAST_FPS = 5;
    private static final double MOST_LATENCY_MS = 100;
    private static final double MOST_RSS_MB = 1000;

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
                resources.mostRssMb(),
                resources.meanRssMb(0.1, 0.2),
                resources.meanRssMb(0.9, 1),
                detections,
                exitCode);
    }

    /// Whether it kept up with five pictures a second, answered within 100 ms, took less than 1 GB and ended well.
    boolean isGood() {
        return fps >= LEAST_FPS
                && latencyP95Ms < MOST_LATENCY_MS
                && maxRssMb < MOST_RSS_MB
                && frames > 0
                && errors == 0
                && exitCode == 0;
    }

    String toText() {
        return """
            frames      %d in %.1f min, %.1f a second, %d objects, %d errors
            latency     %.1f ms mean, %.1f ms P95
            processor   %.0f %% of one core
            memory      %.0f MB at most, %.0f MB early, %.0f MB late
            files       %d detections
            exit code   %d\
            """.formatted(
                        frames,
                        minutes,
                        fps,
                        objects,
                        errors,
                        latencyMeanMs,
                        latencyP95Ms,
                        cpuPercent,
                        maxRssMb,
                        firstRssMb,
                        lastRssMb,
                        detections,
                        exitCode);
    }
}
