package dev.aerie.slam;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.slam.health.SlamMetrics;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.pipeline.StreamSlam;
import dev.aerie.web.BasicAccess;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Starts what runs by itself, the way out before the way in, and stops it the other way round.
@Singleton
final class SlamLifecycle {

    private static final long METRICS_EVERY_SECONDS = 2;

    private final BrokerConnection broker;
    private final LivePublisher publisher;
    private final KeyframeWriter keyframes;
    private final AssignedStreams<StreamSlam> streams;
    private final LiveSubscriber events;
    private final LiveSubscriber sensors;
    private final StreamWorkQueue workQueue;
    private final SlamMetrics metrics;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metrics").daemon().factory());

    SlamLifecycle(
            BrokerConnection broker,
            LivePublisher publisher,
            KeyframeWriter keyframes,
            AssignedStreams<StreamSlam> streams,
            @Named(SlamWiring.EVENTS) LiveSubscriber events,
            @Named(SlamWiring.SENSORS) LiveSubscriber sensors,
            StreamWorkQueue workQueue,
            SlamMetrics metrics) {
        this.broker = broker;
        this.publisher = publisher;
        this.keyframes = keyframes;
        this.streams = streams;
        this.events = events;
        this.sensors = sensors;
        this.workQueue = workQueue;
        this.metrics = metrics;
    }

    void guard(@Observes Filters filters, BasicAccess access) {
        access.guard(filters);
    }

    void start(@Observes StartupEvent event) {
        broker.start();
        publisher.start();
        events.start();
        sensors.start();
        workQueue.start();
        var _ = ticks.scheduleWithFixedDelay(
                metrics::refresh, METRICS_EVERY_SECONDS, METRICS_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.shutdownNow();
        workQueue.close();
        sensors.close();
        events.close();
        streams.close();
        keyframes.close();
        publisher.close();
        broker.close();
    }
}
