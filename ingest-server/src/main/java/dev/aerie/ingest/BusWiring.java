package dev.aerie.ingest;

import dev.aerie.ingest.alert.AlertRules;
import dev.aerie.ingest.alert.Alerts;
import dev.aerie.ingest.bus.StreamEvents;
import dev.aerie.ingest.bus.WorkerStates;
import dev.aerie.ingest.push.ClientClocks;
import dev.aerie.ingest.push.PushLimits;
import dev.aerie.ingest.push.ReplayCheck;
import dev.aerie.ingest.push.ReplayClients;
import dev.aerie.ingest.push.SensorClients;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerAddress;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.InspectQueues;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.service.config.WrongSetting;
import dev.aerie.settings.InstanceName;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Builds what speaks with the broker; [IngestLifecycle] starts and closes it.
final class BusWiring {

    static final String SERVICE = "ingest-server";

    private static final int DEFAULT_PORT = 5001;

    /// Stream events are few; this many outlast any outage.
    private static final int EVENTS_KEPT = 10_000;

    private static final int EVENTS_UNDERWAY = 100;

    /// About ten seconds of 1 kHz IMU.
    private static final int SENSOR_MESSAGES_KEPT = 10_000;

    @Produces
    @Singleton
    Producer producer(IngestConfig config) {
        return Producer.of(SERVICE, InstanceName.of(config.service().instance(), config.apiPort(), DEFAULT_PORT));
    }

    @Produces
    @Singleton
    BrokerConnection broker(IngestConfig config, Producer producer) {
        return new BrokerConnection(
                BrokerAddress.parse(config.rabbitmqUrl()), producer.service() + " " + producer.instance());
    }

    @Produces
    @Singleton
    LivePublisher livePublisher(BrokerConnection broker) {
        return new LivePublisher(broker, SENSOR_MESSAGES_KEPT);
    }

    @Produces
    @Singleton
    ConfirmedPublisher confirmedPublisher(BrokerConnection broker) {
        return new ConfirmedPublisher(broker, EVENTS_KEPT, EVENTS_UNDERWAY);
    }

    @Produces
    @Singleton
    StreamWorkPublisher workPublisher(BrokerConnection broker) {
        return new StreamWorkPublisher(broker, Exchanges.STREAM_WORKERS);
    }

    @Produces
    @Singleton
    Optional<InspectQueues> inspectQueues(IngestConfig config, BrokerConnection broker) {
        return config.inspectQueues() ? Optional.of(new InspectQueues(broker, Exchanges.ALL)) : Optional.empty();
    }

    @Produces
    @Singleton
    StreamEvents streamEvents(
            ConfirmedPublisher events, StreamWorkPublisher work, Producer producer, InstantSource clock) {
        return new StreamEvents(events, work, producer, clock);
    }

    /// Ends the start with status 2 and one line if the file of rules cannot be used.
    @Produces
    @Singleton
    Alerts alerts(IngestConfig config, InstantSource clock, Producer producer, ConfirmedPublisher events) {
        try {
            var rules = new AlertRules(config.alertRules().map(Path::of));
            var alerts = new Alerts(rules, clock, producer);
            alerts.addListener(events::offer);
            return alerts;
        } catch (IOException | IllegalArgumentException e) {
            throw WrongSetting.of("ALERT_RULES cannot be read: " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    WorkerStates workerStates() {
        return new WorkerStates(System::nanoTime);
    }

    @Produces
    @Singleton
    SensorClients sensorClients(
            Streams streams, ClientClocks clocks, Producer producer, InstantSource clock, LivePublisher live) {
        return new SensorClients(streams, clocks, producer, clock, live::publish);
    }

    @Produces
    @Singleton
    ReplayClients replayClients(
            IngestConfig config, Streams streams, Producer producer, InstantSource clock, LivePublisher live) {
        var limits = new PushLimits(config.streamName(), config.maxChunkBytes(), config.maxAccessUnitBytes());
        return new ReplayClients(streams, limits, producer, clock, live::publish);
    }

    @Produces
    @Singleton
    ReplayCheck replayCheck(IngestConfig config) {
        return new ReplayCheck(config.replayFrom());
    }
}
