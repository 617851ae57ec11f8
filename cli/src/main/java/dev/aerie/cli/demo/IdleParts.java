package dev.aerie.cli.demo;

import dev.aerie.messages.Exchanges;
import java.util.ArrayList;
import java.util.List;

/// The parts of a demo that should have worked and did not.
final class IdleParts {

    /// A map is initialized after enough parallax: shorter runs need no poses.
    private static final double SECONDS_TO_A_MAP = 30;

    /// Exchanges with messages in every demo.
    private static final List<String> ALWAYS = List.of(
            Exchanges.PROCESSED_FRAMES, Exchanges.SLAM_RESULTS, Exchanges.STREAM_EVENTS, Exchanges.RECORDING_EVENTS);

    /// Exchanges with messages of a drone with more sensors than a camera.
    private static final List<String> OF_SENSORS = List.of(Exchanges.IMU, Exchanges.TELEMETRY);

    private final List<String> idle = new ArrayList<>();

    private IdleParts() {}

    /// Names of the parts, with the missing work.
    static List<String> of(DemoCounts counted) {
        var parts = new IdleParts();
        var services = counted.services();
        parts.require(services.framesIn(), "ingest-server (no frames in)");
        parts.require(services.framesRelayed(), "relay (no frames relayed)");
        parts.require(services.framesProcessed(), "frame-processor (no frames processed)");
        parts.require(services.segments(), "storage-service (no segments)");
        ALWAYS.forEach(exchange -> parts.requireMessages(counted, exchange));
        if (counted.simulated()) {
            OF_SENSORS.forEach(exchange -> parts.requireMessages(counted, exchange));
        }
        if (counted.simulated() && counted.seconds() >= SECONDS_TO_A_MAP) {
            parts.require(services.poses(), "slam-service (no poses)");
        }
        return List.copyOf(parts.idle);
    }

    private void requireMessages(DemoCounts counted, String exchange) {
        require(counted.messages().getOrDefault(exchange, 0L), exchange);
    }

    private void require(long count, String part) {
        if (count == 0) {
            idle.add(part);
        }
    }
}
