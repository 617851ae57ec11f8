package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.benchmarks.Attackers.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a viewer saw, and how health answered, in one part of the run.
///
/// - `frames`: that the viewer decoded
/// - `healthAnswered`, `healthAsked`: over a connection of its own each
/// - `cpuPercent`: of the server; 100 is one core
/// - `waitingPercent`, `viewerWaitingPercent`: how long threads of the server, and of this process, which is publisher,
///   viewer and attackers, were ready and had no core; 100 is one thread all the time
/// - `connections`: that each kind of attacker opened in this part; empty without attackers
/// - `faults`: what those of this part did; null for a part without
@JsonInclude(JsonInclude.Include.ALWAYS)
record AttackRow(
        String part,
        @JsonProperty("latency_p50_ms") @Nullable Double latencyP50Ms,
        @JsonProperty("latency_p99_ms") @Nullable Double latencyP99Ms,
        @JsonProperty("latency_max_ms") @Nullable Double latencyMaxMs,
        int frames,
        @JsonProperty("health_answered") int healthAnswered,
        @JsonProperty("health_asked") int healthAsked,
        @JsonProperty("health_max_ms") @Nullable Double healthMaxMs,
        @JsonProperty("cpu_percent") double cpuPercent,
        @JsonProperty("waiting_percent") double waitingPercent,
        @JsonProperty("viewer_waiting_percent") double viewerWaitingPercent,
        @JsonProperty("rss_mb") double rssMb,
        Map<Kind, Long> connections,
        @Nullable FaultFigures faults) {

    static final String HEADING =
            "part                   p50 ms  p99 ms  max ms  frames  health answered  health max ms  cpu %  waits %  viewer waits %  RSS MB  connections";

    /// The row below [#HEADING]; a dash for a missing value. What faults did stands on lines below it.
    String toLine() {
        return line() + (faults == null ? "" : "\n" + faults.toLine());
    }

    private String line() {
        return "%-21s %7s %7s %7s %7d %16s %14s %6.0f %8.0f %15.0f %7.0f  %s"
                .formatted(
                        part,
                        shown(latencyP50Ms),
                        shown(latencyP99Ms),
                        shown(latencyMaxMs),
                        frames,
                        healthAnswered + " of " + healthAsked,
                        shown(healthMaxMs),
                        cpuPercent,
                        waitingPercent,
                        viewerWaitingPercent,
                        rssMb,
                        connections.isEmpty() ? "-" : connections);
    }

    private static String shown(@Nullable Double millis) {
        return millis == null ? "-" : "%.1f".formatted(millis);
    }
}
