package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.service.worker.StreamWorkers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive as long as streams are begun and ended. Work that fails is begun anew by itself and a broker or a camera may
/// be away: readiness and the messages on the bus say so.
@Liveness
@Singleton
final class WorkLiveness implements HealthCheck {

    private final StreamWorkers<FrameWorker> workers;

    WorkLiveness(StreamWorkers<FrameWorker> workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams")
                .status(workers.isResponsive())
                .build();
    }
}
