package dev.aerie.ingest;

import dev.aerie.auth.AuthorizationHeader;
import dev.aerie.ingest.overlay.OverlayDemand;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.web.FrameProcessorClient;
import dev.aerie.ingest.web.OverlayCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has annotated video made by the frame-processors that this server knows.
@Singleton
final class OverlayWiring {

    private static final Logger LOG = LoggerFactory.getLogger(OverlayWiring.class);

    private final Optional<OverlayDemand> demand;

    OverlayWiring(IngestConfig config, Relay relay, FrameProcessorClient client) {
        demand = config.frameProcessorUrl()
                .map(_ -> new OverlayDemand(relay, commands(config, client), System::nanoTime));
    }

    void start(@Observes StartupEvent started) {
        demand.ifPresent(OverlayDemand::start);
    }

    void stop(@Observes ShutdownEvent stopping) {
        demand.ifPresent(OverlayDemand::close);
    }

    /// As the server itself, for a reader by RTSP has no credentials of HTTP.
    private static OverlayCommands commands(IngestConfig config, FrameProcessorClient client) {
        var service = config.service();
        var own = AuthorizationHeader.of(config.token(), service.username(), service.password());
        if (own.isEmpty() && service.tokens().isPresent()) {
            LOG.warn("no annotated video for readers: AERIE_TOKEN, by which this server asks for it, is not set");
        }
        return new OverlayCommands(client, own);
    }
}
