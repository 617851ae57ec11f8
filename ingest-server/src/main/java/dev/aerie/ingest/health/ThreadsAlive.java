package dev.aerie.ingest.health;

import dev.aerie.ingest.rtsp.RtspServer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive: the relay's event loops respond; only a restart recovers a blocked one. A failed broker, camera or source
/// is retried and reported by readiness instead.
@Liveness
final class ThreadsAlive implements HealthCheck {

    private final RtspServer rtspServer;

    ThreadsAlive(RtspServer rtspServer) {
        this.rtspServer = rtspServer;
    }

    @Override
    public HealthCheckResponse call() {
        boolean relay = rtspServer.stats().threadsAlive();
        return HealthCheckResponse.named("threads")
                .status(relay)
                .withData("relay", relay)
                .build();
    }
}
