package dev.aerie.slam.health;

import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.pipeline.StreamSlam;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as streams are begun and ended. Work that fails is begun anew by itself and a broker or a camera may
/// be away: readiness and the messages on the bus say so.
@Liveness
@Singleton
final class SlamLiveness implements HealthCheck {

    private final AssignedStreams<StreamSlam> streams;

    SlamLiveness(AssignedStreams<StreamSlam> streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams")
                .status(streams.isResponsive())
                .build();
    }
}
