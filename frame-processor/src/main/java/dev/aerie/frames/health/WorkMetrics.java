package dev.aerie.frames.health;

import dev.aerie.frames.pipeline.StreamWork;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.assigned.AssignedStreams;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.ToDoubleFunction;

/// What is counted for the operator's graphs; one set per process.
public final class WorkMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private final AssignedStreams<StreamWork> streams;
    private final MultiGauge received;
    private final MultiGauge dropped;
    private final MultiGauge live;
    private final MultiGauge losses;

    /// Registers everything; [#refresh] keeps the streams' own up to date.
    public WorkMetrics(MeterRegistry registry, AssignedStreams<StreamWork> streams, LivePublisher publisher) {
        this.streams = streams;
        received = gauge(registry, "aerie.frames.received", "pictures received since the stream was taken");
        dropped = gauge(registry, "aerie.frames.dropped", "pictures given up for newer ones");
        live = gauge(registry, "aerie.stream.live", "1 while pictures flow");
        losses = gauge(registry, "aerie.stream.losses", "connections to the relay that were lost");
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
        rows(received, work -> work.statistics().received());
        rows(dropped, work -> work.statistics().dropped());
        rows(live, work -> work.health().isLive() ? 1 : 0);
        rows(
                losses,
                work -> work.statistics().losses().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    /// Counts one result, by what made it.
    public static void count(MeterRegistry registry, FrameResult result) {
        Timer.builder("aerie.frame.infer")
                .description("time in detector and tracker")
                .tag("model", String.valueOf(result.envelope().producer().model()))
                .register(registry)
                .record(Duration.ofNanos((long) (result.timing().inferMillis() * NANOS_PER_MILLI)));
    }

    private void rows(MultiGauge gauge, ToDoubleFunction<StreamWork> value) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (StreamWork work : streams.all()) {
            rows.add(MultiGauge.Row.of(Tags.of("stream", work.stream()), value.applyAsDouble(work)));
        }
        gauge.register(rows, true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
