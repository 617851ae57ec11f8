package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.stream.Collectors;

/// What one frame with a number of followed objects costs in one engine.
///
/// - `msPerFrame`, `stagesMs`: milliseconds on the clock, for all objects together
/// - `cpuMsPerFrame`: milliseconds of all threads together, which other programs on the machine hardly change
@JsonIgnoreProperties(ignoreUnknown = true)
record SegmentRow(
        String engine,
        String model,
        int size,
        int objects,
        @JsonProperty("ms_per_frame") double msPerFrame,
        @JsonProperty("cpu_ms_per_frame") double cpuMsPerFrame,
        @JsonProperty("stages_ms") Map<String, Double> stagesMs) {

    static final String HEADING = "engine        model             size  objects  ms/frame    CPU ms  stages ms";

    SegmentRow {
        stagesMs = Map.copyOf(stagesMs);
    }

    /// As it stands below [#HEADING].
    String toLine() {
        String stages = stagesMs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(stage -> "%s %.1f".formatted(stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(", "));
        return "%-13s %-16s %5d %8d %9.1f %9.1f  %s"
                .formatted(engine, model, size, objects, msPerFrame, cpuMsPerFrame, stages);
    }
}
