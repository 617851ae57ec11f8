package dev.aerie.ingest.health;

import dev.aerie.ingest.rtmp.RtmpServer;
import dev.aerie.ingest.rtsp.RtspServer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive: the event loops of relay and RTMP respond; only a restart recovers a blocked one. A failed broker, camera or
/// source is retried and reported by readiness instead.
@Liveness
final class ThreadsAlive implements HealthCheck {

    private final RtspServer rtspServer;
    private final RtmpServer rtmpServer;

    ThreadsAlive(RtspServer rtspServer, RtmpServer rtmpServer) {
        this.rtspServer = rtspServer;
        this.rtmpServer = rtmpServer;
    }

    @Override
    public HealthCheckResponse call() {
        boolean relay = rtspServer.stats().threadsAlive();
        boolean rtmp = rtmpServer.isAlive();
        return HealthCheckResponse.named("threads")
                .status(relay && rtmp)
                .withData("relay", relay)
                .withData("rtmp", rtmp)
                .build();
    }
}
