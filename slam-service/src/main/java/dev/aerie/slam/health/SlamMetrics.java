package dev.aerie.slam.health;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.SlamWorker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// The metrics of tracking, mapping and files; one set per process.
public final class SlamMetrics {

    private SlamMetrics() {}

    /// Registers the counters of files; returns the gauges per stream.
    public static StreamGauges<SlamWorker> gauges(
            MeterRegistry registry,
            StreamWorkers<SlamWorker> workers,
            KeyframeWriter keyframes,
            SessionSweeper sweeper) {
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
        return ConsumerGauges.of(registry, workers::all)
                .add("aerie.slam.tracking", "1 while the camera's place is known", SlamMetrics::tracking)
                .add(
                        "aerie.slam.map.points",
                        "points in the map",
                        work -> work.latest().map(CameraPose::mapPoints).orElse(0L))
                .add(
                        "aerie.slam.masked.frames",
                        "frames that came with a mask of movable things since the map began",
                        work -> work.maskCounts().frames())
                .add(
                        "aerie.slam.masked.corners",
                        "corners left out because they were on movable things",
                        work -> work.maskCounts().corners())
                .add(
                        "aerie.slam.masked.landmarks",
                        "landmarks removed because later masks covered them",
                        work -> work.maskCounts().landmarks())
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
