package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.metrics.StreamStateGauge;
import dev.aerie.service.worker.StreamWorkers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What is counted for the operator's graphs; one set per process.
public final class WorkMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private final StreamGauges<FrameWorker> streams;
    private final StreamStateGauge states;

    /// Registers everything; [#refresh] keeps the streams' own up to date.
    public WorkMetrics(MeterRegistry registry, StreamWorkers<FrameWorker> workers, LivePublisher publisher) {
        this.states = new StreamStateGauge(registry, workers::statuses);
        this.streams = ConsumerGauges.of(registry, workers::all);
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

    /// Brings the streams that are there now in and lets the others go.
    public void refresh() {
        streams.refresh();
        states.refresh();
    }

    /// Counts one result, by what made it.
    public static void count(MeterRegistry registry, FrameResult result) {
        Timer.builder("aerie.frame.infer")
                .description("time in detector and tracker")
                .tag("model", String.valueOf(result.envelope().producer().model()))
                .register(registry)
                .record(Duration.ofNanos((long) (result.timing().inferMillis() * NANOS_PER_MILLI)));
    }
}
