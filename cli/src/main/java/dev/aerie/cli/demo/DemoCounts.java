package dev.aerie.cli.demo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Counts and figures of a demo.
///
/// - `scene`: size and rate of the scene; empty if unknown
/// - `invalidMessages`: messages that violate their schema
/// - `impossibleResults`: results for frames that the ingest never numbered
/// - `latencyP50Millis`, `latencyP95Millis`: from capture to result; empty without results
/// - `restarts`: number of restarts by part
record DemoCounts(
        double seconds,
        Optional<SceneShape> scene,
        DemoSource source,
        ServiceCounts services,
        Map<String, Long> messages,
        long invalidMessages,
        long impossibleResults,
        OptionalLong latencyP50Millis,
        OptionalLong latencyP95Millis,
        Map<String, Integer> restarts) {}
