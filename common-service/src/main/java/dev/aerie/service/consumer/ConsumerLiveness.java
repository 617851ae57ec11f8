package dev.aerie.service.consumer;

import dev.aerie.service.worker.StreamWorkers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive while the thread that starts and stops streams makes progress. Failed workers restart automatically, and the
/// broker or a camera may be away: readiness and status messages report that.
@Liveness
@Singleton
final class ConsumerLiveness implements HealthCheck {

    private final StreamWorkers<?> workers;

    ConsumerLiveness(StreamWorkers<?> workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams")
                .status(workers.isResponsive())
                .build();
    }
}
