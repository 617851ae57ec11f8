package dev.aerie.ingest;

import dev.aerie.ingest.alert.Alerts;
import dev.aerie.ingest.notify.MqttBridge;
import dev.aerie.ingest.notify.MqttBroker;
import dev.aerie.ingest.notify.Webhooks;
import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.ingest.watch.Tracks;
import dev.aerie.messages.Producer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Builds what tells programs outside the fleet of alerts and tracks, and starts and stops it.
final class NotifyWiring {

    private static final String ALERTS = "alerts";
    private static final String TRACKS = "tracks";
    private static final String NONE = "none";

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

    /// Empty without a broker.
    @Produces
    @Singleton
    Optional<MqttBridge> mqtt(IngestConfig config, Vertx vertx, Producer producer, Alerts alerts) {
        var discovery = Optional.of(config.mqttDiscovery()).filter(prefix -> !prefix.equals(NONE));
        return config.mqttUrl()
                .map(url -> new MqttBridge(
                        vertx,
                        MqttBroker.parse(url),
                        new MqttBridge.Login(config.mqttUsername(), config.mqttPassword()),
                        config.service().tlsCa().map(WebWiring::trust),
                        new MqttBridge.Names("aerie-" + producer.instance(), config.mqttTopic(), discovery),
                        alerts.rules()));
    }

    void startWebhooks(
            @Observes StartupEvent started, IngestConfig config, Webhooks webhooks, Alerts alerts, Tracks tracks) {
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

    void startMqtt(@Observes StartupEvent started, Optional<MqttBridge> mqtt, Alerts alerts, Tracks tracks) {
        mqtt.ifPresent(bridge -> {
            alerts.addListener(bridge::accept);
            tracks.addListener(bridge::accept);
            bridge.start();
        });
    }

    void stop(@Observes ShutdownEvent stopping, Webhooks webhooks, Optional<MqttBridge> mqtt) {
        mqtt.ifPresent(MqttBridge::close);
        webhooks.close();
    }
}
