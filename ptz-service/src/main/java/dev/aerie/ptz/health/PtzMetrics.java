package dev.aerie.ptz.health;

import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.ptz.pipeline.PtzWorker;
import dev.aerie.service.metrics.ConsumerGauges;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.worker.StreamWorkers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// The metrics of cameras and of the work on their streams; one set per process.
public final class PtzMetrics {

    private PtzMetrics() {}

    /// Registers the gauges of each camera; returns those per stream.
    public static StreamGauges<PtzWorker> gauges(
            MeterRegistry registry, StreamWorkers<PtzWorker> workers, SteeredCameras cameras) {
        for (SteeredCamera camera : cameras.all()) {
            gauge(
                    registry,
                    camera,
                    "aerie.ptz.camera.ready",
                    "1 while the camera does what it is told",
                    one -> one.status().isReady() ? 1 : 0);
            gauge(
                    registry,
                    camera,
                    "aerie.ptz.operator",
                    "1 while a person is in control",
                    one -> one.lease().holder(System.nanoTime()).isPresent() ? 1 : 0);
            gauge(
                    registry,
                    camera,
                    "aerie.ptz.speed",
                    "degrees per second that the camera was last given",
                    one -> speed(one.status().velocity()));
        }
        return ConsumerGauges.of(registry, workers::all)
                .add(
                        "aerie.ptz.frames.detected",
                        "frames in which was looked for objects",
                        work -> work.counts().detected())
                .add(
                        "aerie.ptz.tracks",
                        "tracks in the last of them",
                        work -> work.counts().tracks())
                .add(
                        "aerie.ptz.results.joined",
                        "objects of frame-processor joined to a track",
                        work -> work.counts().joined());
    }

    private static double speed(PtzVelocity velocity) {
        return Math.hypot(velocity.panDegreesPerSecond(), velocity.tiltDegreesPerSecond());
    }

    private static void gauge(
            MeterRegistry registry,
            SteeredCamera camera,
            String name,
            String description,
            ToDoubleFunction<SteeredCamera> value) {
        Gauge.builder(name, camera, value)
                .description(description)
                .tag("camera", camera.name())
                .register(registry);
    }
}
