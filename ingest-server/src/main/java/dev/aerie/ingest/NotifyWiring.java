package dev.aerie.ingest;

import dev.aerie.ingest.alert.Alerts;
import dev.aerie.ingest.notify.Webhooks;
import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.ingest.watch.Tracks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// Builds what tells programs outside the fleet of alerts and tracks, and starts and stops it.
final class NotifyWiring {

    private static final String ALERTS = "alerts";
    private static final String TRACKS = "tracks";

    @Produces
    @Singleton
    Tracks tracks() {
        return new Tracks();
    }

    @Produces
    @Singleton
    Webhooks webhooks(IngestConfig config, InstantSource clock) {
        return new Webhooks(
                config.webhooks().orElse(List.of()),
                config.webhookSecret(),
                new SourceHosts("WEBHOOK_HOSTS", config.webhookHosts().orElse(List.of())),
                clock,
                new SecureRandom());
    }

    void start(@Observes StartupEvent started, IngestConfig config, Webhooks webhooks, Alerts alerts, Tracks tracks) {
        if (webhooks.isEmpty()) {
            return;
        }
        if (config.webhookEvents().contains(ALERTS)) {
            alerts.addListener(webhooks::accept);
        }
        if (config.webhookEvents().contains(TRACKS)) {
            tracks.addListener(webhooks::accept);
        }
        webhooks.start();
    }

    void stop(@Observes ShutdownEvent stopping, Webhooks webhooks) {
        webhooks.close();
    }
}
