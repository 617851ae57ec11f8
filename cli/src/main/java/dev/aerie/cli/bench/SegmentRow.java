package dev.aerie.cli.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.stream.Collectors;

/// What one picture with a number of followed objects costs in one engine.
///
/// - `stagesMs`: milliseconds of each stage, for all objects together
@JsonIgnoreProperties(ignoreUnknown = true)
record SegmentRow(
        String engine,
        String model,
        int size,
        int objects,
        @JsonProperty("ms_per_frame") double msPerFrame,
        @JsonProperty("stages_ms") Map<String, Double> stagesMs) {

    static final String HEADING = "engine        model             size  objects  ms/frame  stages ms";

    SegmentRow {
        stagesMs = Map.copyOf(stagesMs);
    }

    /// As it stands below [#HEADING].
    String toLine() {
        String stages = stagesMs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(stage -> "%s %.1f".formatted(stage.getKey(), stage.getValue()))
                .collect(Collectors.joining(", "));
        return "%-13s %-16s %5d %8d %9.1f  %s".formatted(engine, model, size, objects, msPerFrame, stages);
    }
}
