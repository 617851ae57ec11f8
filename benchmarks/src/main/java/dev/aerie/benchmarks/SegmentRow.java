package dev.aerie.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.stream.Collectors;

/// Cost of one frame with a number of tracked objects in one engine.
///
/// - `msPerFrame`, `stagesMs`: wall-clock milliseconds, for all objects together
/// - `cpuMsPerFrame`: CPU milliseconds summed over all threads; hardly affected by other programs on the machine
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

    /// The row below [#HEADING].
    String toLine() {
        String stages = stagesMs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(stage -> "%s %.1f".formatted(stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(", "));
        return "%-13s %-16s %5d %8d %9.1f %9.1f  %s"
                .formatted(engine, model, size, objects, msPerFrame, cpuMsPerFrame, stages);
    }
}
