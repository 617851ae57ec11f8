package dev.aerie.ingest;

import dev.aerie.auth.Credentials;
import dev.aerie.ingest.overlay.OverlayDemand;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.web.FrameProcessorClient;
import dev.aerie.ingest.web.OverlayCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Has annotated video made by the frame-processors that this server knows.
@Singleton
final class OverlayWiring {

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

    /// As the fleet's own user, for a reader by RTSP has no credentials of HTTP.
    private static OverlayCommands commands(IngestConfig config, FrameProcessorClient client) {
        var service = config.service();
        return new OverlayCommands(
                client,
                service.username()
                        .map(user -> new Credentials(user, service.password().orElse(""))));
    }
}
