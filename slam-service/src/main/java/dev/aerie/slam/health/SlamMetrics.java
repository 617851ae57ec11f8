package dev.aerie.slam.health;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.pipeline.StreamSlam;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.function.ToDoubleFunction;

/// What is counted for the operator's graphs; one set per process.
public final class SlamMetrics {

    private final AssignedStreams<StreamSlam> streams;
    private final MultiGauge received;
    private final MultiGauge dropped;
    private final MultiGauge live;
    private final MultiGauge tracking;
    private final MultiGauge mapPoints;

    /// Registers everything; [#refresh] keeps the streams' own up to date.
    public SlamMetrics(
            MeterRegistry registry,
            AssignedStreams<StreamSlam> streams,
            LivePublisher publisher,
            KeyframeWriter keyframes) {
        this.streams = streams;
        received = gauge(registry, "aerie.frames.received", "pictures received since the stream was taken");
        dropped = gauge(registry, "aerie.frames.dropped", "pictures given up for newer ones");
        live = gauge(registry, "aerie.stream.live", "1 while pictures flow");
        tracking = gauge(registry, "aerie.slam.tracking", "1 while the camera's place is known");
        mapPoints = gauge(registry, "aerie.slam.map.points", "points in the map");
        counter(
                registry,
                "aerie.results.published",
                publisher,
                "messages handed to the broker",
                LivePublisher::published);
        counter(
                registry,
                "aerie.results.dropped",
                publisher,
                "messages dropped: broker away or slow",
                LivePublisher::dropped);
        counter(registry, "aerie.slam.keyframes.written", keyframes, "keyframes saved", KeyframeWriter::written);
        counter(registry, "aerie.slam.keyframes.dropped", keyframes, "keyframes not saved", KeyframeWriter::dropped);
    }

    /// Brings the streams that are there now in and lets the others go.
    public void refresh() {
        rows(received, work -> work.statistics().received());
        rows(dropped, work -> work.statistics().dropped());
        rows(live, work -> work.health().isLive() ? 1 : 0);
        rows(
                tracking,
                work -> work.latest()
                        .filter(pose -> pose.trackingState() == TrackingState.TRACKING)
                        .map(_ -> 1.0)
                        .orElse(0.0));
        rows(mapPoints, work -> work.latest().map(CameraPose::mapPoints).orElse(0L));
    }

    /// Counts one pose: whether the camera was found or not.
    public static void count(MeterRegistry registry, CameraPose pose) {
        boolean isTracked = pose.trackingState() == TrackingState.TRACKING;
        registry.counter(isTracked ? "aerie.slam.tracked" : "aerie.slam.untracked")
                .increment();
    }

    private void rows(MultiGauge gauge, ToDoubleFunction<StreamSlam> value) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (StreamSlam work : streams.all()) {
            rows.add(MultiGauge.Row.of(Tags.of("stream", work.stream()), value.applyAsDouble(work)));
        }
        gauge.register(rows, true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, T counted, String description, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, counted, value).description(description).register(registry);
    }
}
