package dev.aerie.cli.demo;

import dev.aerie.messages.Exchanges;
import java.util.ArrayList;
import java.util.List;

/// Which parts of a demo did no work that had some to do.
final class IdleParts {

    /// A map begins once the flight has shown parallax: shorter runs are not judged by its poses.
    private static final double SECONDS_TO_A_MAP = 30;

    /// Exchanges on which every demo speaks.
    private static final List<String> ALWAYS = List.of(
            Exchanges.PROCESSED_FRAMES, Exchanges.SLAM_RESULTS, Exchanges.STREAM_EVENTS, Exchanges.RECORDING_EVENTS);

    /// Exchanges on which a drone speaks that has more sensors than a camera.
    private static final List<String> OF_SENSORS = List.of(Exchanges.IMU, Exchanges.TELEMETRY);

    private final List<String> idle = new ArrayList<>();

    private IdleParts() {}

    /// Each by its name, with what is missing.
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
