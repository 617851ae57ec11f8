package dev.aerie.cli.demo;

import dev.aerie.messages.Exchanges;
import java.util.ArrayList;
import java.util.List;

/// The parts of a demo that should have worked and did not.
final class IdleParts {

    /// A map is initialized after enough parallax: shorter runs need no poses.
    private static final double SECONDS_TO_A_MAP = 30;

    /// Exchanges with messages in every demo.
    private static final List<String> ALWAYS =
            List.of(Exchanges.PROCESSED_FRAMES, Exchanges.STREAM_EVENTS, Exchanges.RECORDING_EVENTS);

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
        switch (counted.source()) {
            case DRONE -> parts.requireFlight(counted);
            case CLIP -> parts.requireMessages(counted, Exchanges.SLAM_RESULTS);
            case PTZ_CAMERAS -> parts.requireMessages(counted, Exchanges.PTZ_EVENTS);
        }
        return List.copyOf(parts.idle);
    }

    private void requireFlight(DemoCounts counted) {
        requireMessages(counted, Exchanges.SLAM_RESULTS);
        OF_SENSORS.forEach(exchange -> requireMessages(counted, exchange));
        if (counted.seconds() >= SECONDS_TO_A_MAP) {
            require(counted.services().poses(), "slam-service (no poses)");
        }
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
