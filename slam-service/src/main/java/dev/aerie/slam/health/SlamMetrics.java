package dev.aerie.slam.health;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.metrics.StreamStateGauge;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.SlamWorker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// What is counted for the operator's graphs; one set per process.
public final class SlamMetrics {

    private final StreamGauges<SlamWorker> streams;
    private final StreamStateGauge states;

    /// Registers everything; [#refresh] keeps the streams' own up to date.
    public SlamMetrics(
            MeterRegistry registry,
            StreamWorkers<SlamWorker> workers,
            LivePublisher publisher,
            KeyframeWriter keyframes,
            SessionSweeper sweeper) {
        this.states = new StreamStateGauge(registry, workers::statuses);
        this.streams = ConsumerGauges.of(registry, workers::all)
                .add("aerie.slam.tracking", "1 while the camera's place is known", SlamMetrics::tracking)
                .add(
                        "aerie.slam.map.points",
                        "points in the map",
                        work -> work.latest().map(CameraPose::mapPoints).orElse(0L))
                .add(
                        "aerie.slam.dense.keyframes",
                        "keyframes whose depths were sought since the map began",
                        work -> work.denseCounts().mapped())
                .add(
                        "aerie.slam.dense.dropped",
                        "keyframes that dense mapping left out",
                        work -> work.denseCounts().leftOut())
                .add(
                        "aerie.slam.dense.seconds",
                        "time in dense mapping",
                        work -> work.denseCounts().seconds());
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
        counter(
                registry,
                "aerie.slam.sessions.removed",
                sweeper,
                "sessions whose files were removed",
                SessionSweeper::removed);
        counter(
                registry,
                "aerie.slam.sessions.removal.failures",
                sweeper,
                "folders of sessions that could not be read or removed",
                SessionSweeper::failures);
    }

    /// Brings the streams that are there now in and lets the others go.
    public void refresh() {
        streams.refresh();
        states.refresh();
    }

    /// Counts one pose: whether the camera was found or not.
    public static void count(MeterRegistry registry, CameraPose pose) {
        boolean isTracked = pose.trackingState() == TrackingState.TRACKING;
        registry.counter(isTracked ? "aerie.slam.tracked" : "aerie.slam.untracked")
                .increment();
    }

    private static double tracking(SlamWorker work) {
        return work.latest()
                .filter(pose -> pose.trackingState() == TrackingState.TRACKING)
                .map(_ -> 1.0)
                .orElse(0.0);
    }

    private static <T> void counter(
            MeterRegistry registry, String name, T counted, String description, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, counted, value).description(description).register(registry);
    }
}
