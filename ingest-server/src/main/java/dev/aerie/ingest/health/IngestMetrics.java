package dev.aerie.ingest.health;

import dev.aerie.ingest.alert.Alerts;
import dev.aerie.ingest.notify.MqttBridge;
import dev.aerie.ingest.notify.Webhooks;
import dev.aerie.ingest.push.SensorClients;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.rtsp.RtspServerStats.StreamStats;
import dev.aerie.ingest.stream.ClockOrigin;
import dev.aerie.ingest.stream.StreamSnapshot;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.StreamTotals;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.time.NtpWatch;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The service's metrics. No label has a value that a client can choose: streams are aggregated here and listed
/// individually in `/rtsp/status`.
@Singleton
final class IngestMetrics implements MeterBinder {

    private final Streams streams;
    private final RtspServer rtspServer;
    private final SensorClients sensors;
    private final BrokerConnection broker;
    private final LivePublisher live;
    private final NtpWatch ntp;
    private final StreamWorkPublisher work;
    private final Alerts alerts;
    private final Webhooks webhooks;
    private final Optional<MqttBridge> mqtt;

    IngestMetrics(
            Streams streams,
            RtspServer rtspServer,
            SensorClients sensors,
            BrokerConnection broker,
            LivePublisher live,
            NtpWatch ntp,
            StreamWorkPublisher work,
            Alerts alerts,
            Webhooks webhooks,
            Optional<MqttBridge> mqtt) {
        this.streams = streams;
        this.rtspServer = rtspServer;
        this.sensors = sensors;
        this.broker = broker;
        this.live = live;
        this.ntp = ntp;
        this.work = work;
        this.alerts = alerts;
        this.webhooks = webhooks;
        this.mqtt = mqtt;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        video(registry, streams.grandTotals());
        relay(registry);
        bus(registry);
        notifications(registry);
        Gauge.builder("aerie.ntp.offset", ntp, IngestMetrics::offsetSeconds)
                .baseUnit("seconds")
                .description("What to add to this clock to get the time server's; NaN where unknown")
                .register(registry);
    }

    private void video(MeterRegistry registry, StreamTotals totals) {
        counter(registry, "aerie.frames.in", "Access units received", totals, StreamTotals::received);
        counter(registry, "aerie.frames.accepted", "Access units given an identity", totals, StreamTotals::frames);
        counter(registry, "aerie.video.bytes", "Bytes of video relayed", totals, StreamTotals::bytes);
        counter(registry, "aerie.stalls", "Streams that went silent", totals, StreamTotals::stalls);
        counter(registry, "aerie.sessions", "Sessions begun", totals, StreamTotals::sessions);
        gauge(registry, "aerie.streams.live", "Streams that give frames now", streams, IngestMetrics::live);
        for (ClockOrigin origin : ClockOrigin.values()) {
            FunctionCounter.builder("aerie.clock.refused", streams.clockCheck(), check -> check.refused(origin))
                    .tag("door", origin.tag())
                    .description("Capture times more than a day from arrival, which stood for them")
                    .register(registry);
        }
    }

    private void relay(MeterRegistry registry) {
        counter(
                registry,
                "aerie.frames.relayed",
                "Access units sent to RTSP readers, one for each",
                rtspServer,
                each -> each.stats().sentUnits());
        gauge(
                registry,
                "aerie.relay.connections",
                "RTSP connections",
                rtspServer,
                each -> each.stats().connections());
        gauge(
                registry,
                "aerie.relay.queue",
                "Access units to be sent",
                rtspServer,
                each -> each.stats().queuedUnits());
        gauge(registry, "aerie.relay.readers", "RTSP readers", rtspServer, IngestMetrics::readers);
        gauge(
                registry,
                "aerie.relay.dropped",
                "Access units missed by slow readers",
                rtspServer,
                IngestMetrics::dropped);
    }

    private void bus(MeterRegistry registry) {
        gauge(registry, "aerie.broker.connected", "1 while connected", broker, each -> each.isConnected() ? 1 : 0);
        gauge(
                registry,
                "aerie.messages.buffered",
                "Live messages that wait for the broker",
                live,
                LivePublisher::buffered);
        for (String service : Exchanges.STREAM_WORKERS) {
            Gauge.builder("aerie.work.streams", work, StreamWorkPublisher::running)
                    .tag("service", service)
                    .description("Running streams that are in the work queue of a service")
                    .register(registry);
        }
        counter(registry, "aerie.messages.published", "Live messages sent", live, LivePublisher::published);
        counter(registry, "aerie.messages.dropped", "Live messages dropped", live, LivePublisher::dropped);
        counter(registry, "aerie.sensor.refused", "Wrong sensor messages", sensors, SensorClients::refused);
    }

    private void notifications(MeterRegistry registry) {
        counter(registry, "aerie.alerts", "Alerts that began", alerts, Alerts::begun);
        counter(registry, "aerie.webhooks.delivered", "Webhooks answered with 2xx", webhooks, Webhooks::delivered);
        counter(registry, "aerie.webhooks.dropped", "Webhooks that were given up", webhooks, Webhooks::dropped);
        gauge(registry, "aerie.webhooks.waiting", "Events that wait for a webhook", webhooks, Webhooks::waiting);
        mqtt.ifPresent(bridge -> {
            gauge(registry, "aerie.mqtt.connected", "1 while connected", bridge, each -> each.isConnected() ? 1 : 0);
            counter(registry, "aerie.mqtt.sent", "Messages that the MQTT broker took", bridge, MqttBridge::sent);
            counter(registry, "aerie.mqtt.dropped", "Messages that found no broker", bridge, MqttBridge::dropped);
        });
    }

    private static <T> void counter(
            MeterRegistry registry, String name, String help, T state, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, state, value).description(help).register(registry);
    }

    private static <T> void gauge(
            MeterRegistry registry, String name, String help, T state, ToDoubleFunction<T> value) {
        Gauge.builder(name, state, value).description(help).register(registry);
    }

    private static double live(Streams streams) {
        return streams.snapshots().stream()
                .map(StreamSnapshot::state)
                .filter(state -> state == StreamState.LIVE)
                .count();
    }

    private static double readers(RtspServer server) {
        return server.stats().streams().stream()
                .mapToInt(stream -> stream.readers().size())
                .sum();
    }

    private static double dropped(RtspServer server) {
        return server.stats().streams().stream()
                .mapToLong(StreamStats::droppedUnits)
                .sum();
    }

    private static double offsetSeconds(NtpWatch ntp) {
        return ntp.latest().map(known -> known.offset().toNanos() / 1e9).orElse(Double.NaN);
    }
}
