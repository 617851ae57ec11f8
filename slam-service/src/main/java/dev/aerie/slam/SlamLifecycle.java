package dev.aerie.slam;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.slam.health.SlamMetrics;
import dev.aerie.slam.output.KeyframeWriter;
import dev.aerie.slam.output.SessionSweeper;
import dev.aerie.slam.pipeline.SlamWorker;
import dev.aerie.threads.BackgroundThread;
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
    private final StreamWorkers<SlamWorker> workers;
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
            StreamWorkers<SlamWorker> workers,
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
        this.workers = workers;
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
        workers.close();
        statuses.close();
        keyframes.close();
        publisher.close();
        broker.close();
    }
}
