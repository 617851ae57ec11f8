package dev.aerie.slam;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.WorkerStatusPublisher;
import dev.aerie.rtsp.own.WorkerPlan;
import dev.aerie.slam.health.SlamMetrics;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.StreamSlam;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.web.BasicAccess;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Starts what runs by itself, the way out before the way in, and stops it the other way round.
@Singleton
final class SlamLifecycle {

    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final LivePublisher publisher;
    private final KeyframeWriter keyframes;
    private final AssignedStreams<StreamSlam> streams;
    private final LiveSubscriber events;
    private final LiveSubscriber sensors;
    private final StreamWorkQueue workQueue;
    private final WorkerStatusPublisher statuses;
    private final BackgroundThread metricsThread;
    private final SessionSweeper sweeper;

    SlamLifecycle(
            WorkerPlan plan,
            BrokerConnection broker,
            LivePublisher publisher,
            KeyframeWriter keyframes,
            AssignedStreams<StreamSlam> streams,
            @Named(SlamWiring.EVENTS) LiveSubscriber events,
            @Named(SlamWiring.SENSORS) LiveSubscriber sensors,
            StreamWorkQueue workQueue,
            SessionSweeper sweeper,
            SlamMetrics metrics,
            WorkerStatusPublisher statuses) {
        this.plan = plan;
        this.broker = broker;
        this.publisher = publisher;
        this.keyframes = keyframes;
        this.streams = streams;
        this.events = events;
        this.sensors = sensors;
        this.workQueue = workQueue;
        this.metricsThread = BackgroundThread.every("metrics", METRICS_EVERY, metrics::refresh);
        this.statuses = statuses;
        this.sweeper = sweeper;
    }

    void guard(@Observes Filters filters, BasicAccess access) {
        access.guard(filters);
    }

    void start(@Observes StartupEvent event) {
        if (plan.broker().isLookedFor()) {
            broker.start();
        }
        publisher.start();
        events.start();
        sensors.start();
        if (plan.asksWorkQueue()) {
            workQueue.start();
        }
        statuses.start();
        sweeper.start();
        metricsThread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        metricsThread.close();
        sweeper.close();
        workQueue.close();
        sensors.close();
        events.close();
        streams.close();
        statuses.close();
        keyframes.close();
        publisher.close();
        broker.close();
    }
}
