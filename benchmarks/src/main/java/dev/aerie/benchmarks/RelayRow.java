package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// The figures of one server with one number of readers.
///
/// - `cpuPercentPerReader`: 100 is one core
/// - `firstFrameMs`, `stalledP99Ms`: measured once per server, equal in all its rows; null without a frame
/// - `frames`: number of measured latencies
@JsonInclude(JsonInclude.Include.ALWAYS)
record RelayRow(
        String server,
        int readers,
        @JsonProperty("latency_p50_ms") @Nullable Double latencyP50Ms,
        @JsonProperty("latency_p99_ms") @Nullable Double latencyP99Ms,
        @JsonProperty("cpu_percent_per_reader") double cpuPercentPerReader,
        @JsonProperty("rss_mb") double rssMb,
        @JsonProperty("first_picture_ms") @Nullable Double firstPictureMs,
        @JsonProperty("stalled_p99_ms") @Nullable Double stalledP99Ms,
        int frames) {

    static final String HEADING =
            "server       readers  p50 ms  p99 ms  cpu %/reader  RSS MB  first frame ms  stalled p99 ms";

    static RelayRow of(String server, int readers, Latencies latencies, double cpuPercentPerReader, long rssBytes) {
        return new RelayRow(
                server,
                readers,
                latencies.percentileMillis(50),
                latencies.percentileMillis(99),
                Math.round(cpuPercentPerReader * 1000) / 1000.0,
                Math.round(rssBytes / 1e5) / 10.0,
                null,
                null,
                latencies.count());
    }

    /// The row below [#HEADING]; a dash for a missing value.
    String toLine() {
        return "%-12s %7d %7s %7s %13.3f %7.0f %17s %15s"
                .formatted(
                        server,
                        readers,
                        shown(latencyP50Ms),
                        shown(latencyP99Ms),
                        cpuPercentPerReader,
                        rssMb,
                        shown(firstPictureMs),
                        shown(stalledP99Ms));
    }

    private static String shown(@Nullable Double millis) {
        return millis == null ? "-" : "%.1f".formatted(millis);
    }

    RelayRow withFirstFrame(@Nullable Double millis) {
        return new RelayRow(
                server, readers, latencyP50Ms, latencyP99Ms, cpuPercentPerReader, rssMb, millis, stalledP99Ms, frames);
    }

    RelayRow withStalled(@Nullable Double millis) {
        return new RelayRow(
                server,
                readers,
                latencyP50Ms,
                latencyP99Ms,
                cpuPercentPerReader,
                rssMb,
                firstPictureMs,
                millis,
                frames);
    }
}
