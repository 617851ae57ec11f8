package dev.aerie.cli.demo;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// How a demo went, as it was counted.
///
/// - `scene`: the video that was shown; empty where it does not say its rate
/// - `simulated`: the drone is the simulator's, so there is an inertial sensor, telemetry, and a flight that gives
/// poses
/// - `invalidMessages`: messages that are not what their schema says
/// - `impossibleResults`: results about a frame that the ingest never numbered
/// - `latencyP50Millis`, `latencyP95Millis`: from capture to result; empty without results
/// - `restarts`: how often each part was started again
record DemoCounts(
        double seconds,
        Optional<SceneShape> scene,
        boolean simulated,
        ServiceCounts services,
        Map<String, Long> messages,
        long invalidMessages,
        long impossibleResults,
        OptionalLong latencyP50Millis,
        OptionalLong latencyP95Millis,
        Map<String, Integer> restarts) {}
