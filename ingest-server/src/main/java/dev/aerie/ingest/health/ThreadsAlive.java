package dev.aerie.ingest.health;

import dev.aerie.ingest.rtsp.RtspServer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive: the relay's event loops take their turns; nothing but a restart heals one that is stuck. A broker, a camera
/// or
/// a source that fails is no reason to be restarted: it is retried, and readiness says so.
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
