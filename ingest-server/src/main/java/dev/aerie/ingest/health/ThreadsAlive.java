package dev.aerie.ingest.health;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.source.Sources;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive: every thread that should run does, and the relay's take their turns. A broker or camera that is away is
/// no reason to be restarted.
@Liveness
final class ThreadsAlive implements HealthCheck {

    private final RtspServer rtspServer;
    private final Sources sources;

    ThreadsAlive(RtspServer rtspServer, Sources sources) {
        this.rtspServer = rtspServer;
        this.sources = sources;
    }

    @Override
    public HealthCheckResponse call() {
        boolean relay = rtspServer.stats().threadsAlive();
        boolean sourcesRun = sources.areHealthy();
        return HealthCheckResponse.named("threads")
                .status(relay && sourcesRun)
                .withData("relay", relay)
                .withData("sources", sourcesRun)
                .build();
    }
}
