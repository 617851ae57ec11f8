package dev.aerie.service.consumer;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.metrics.StreamStateGauge;
import dev.aerie.service.worker.StreamWorkers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// The metrics of every service that works on streams: gauges per stream, and the publisher's counters.
final class ConsumerMetrics {

    private final StreamGauges<?> gauges;
    private final StreamStateGauge states;

    /// Registers everything except the gauges per stream, which [#refresh] keeps up to date.
    ConsumerMetrics(
            MeterRegistry registry,
            StreamWorkers<?> workers,
            StreamGauges<?> gauges,
            LivePublisher publisher,
            BrokerConnection broker) {
        this.gauges = gauges;
        this.states = new StreamStateGauge(registry, workers::statuses);
        FunctionCounter.builder("aerie.streams.begun", workers, StreamWorkers::begun)
                .description("starts of stream workers, including restarts")
                .register(registry);
        FunctionCounter.builder("aerie.streams.left", workers, StreamWorkers::left)
                .description("streams that this replica stopped working on: ended, or assigned to another replica")
                .register(registry);
        Gauge.builder("aerie.broker.connected", broker, each -> each.isConnected() ? 1 : 0)
                .description("1 while connected")
                .register(registry);
        FunctionCounter.builder("aerie.results.published", publisher, LivePublisher::published)
                .description("messages handed to the broker")
                .register(registry);
        FunctionCounter.builder("aerie.results.dropped", publisher, LivePublisher::dropped)
                .description("messages dropped while the broker was away or slow")
                .register(registry);
        Gauge.builder("aerie.results.buffered", publisher, LivePublisher::buffered)
                .description("messages that wait for the broker")
                .register(registry);
    }

    /// Adds gauges for new streams and removes those of streams that are no longer worked on.
    void refresh() {
        gauges.refresh();
        states.refresh();
    }
}
