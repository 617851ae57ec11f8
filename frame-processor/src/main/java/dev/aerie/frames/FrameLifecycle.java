package dev.aerie.frames;

import dev.aerie.frames.health.WorkMetrics;
import dev.aerie.frames.pipeline.FrameWorker;
import dev.aerie.frames.pipeline.FrameWorkerFactory;
import dev.aerie.frames.prompt.TextSearch;
import dev.aerie.frames.report.WorkerStatistics;
import dev.aerie.frames.tracker.TrackerFactory;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.threads.BackgroundThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what runs by itself, the way out before the way in, and stops it the other way round.
@Singleton
final class FrameLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FrameLifecycle.class);
    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);

    private final TrackerFactory trackerFactory;
    private final TextSearch text;
    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final LivePublisher publisher;
    private final FrameWorkerFactory factory;
    private final StreamWorkers<FrameWorker> workers;
    private final LiveSubscriber events;
    private final StreamWorkQueue workQueue;
    private final FrameSinks sinks;
    private final WorkerStatistics statistics;
    private final Optional<String> statisticsFile;
    private final WorkerStatusPublisher statuses;
    private final BackgroundThread metricsThread;

    FrameLifecycle(
            TrackerFactory trackerFactory,
            TextSearch text,
            WorkerPlan plan,
            BrokerConnection broker,
            LivePublisher publisher,
            FrameWorkerFactory factory,
            StreamWorkers<FrameWorker> workers,
            LiveSubscriber events,
            StreamWorkQueue workQueue,
            WorkMetrics metrics,
            WorkerStatusPublisher statuses,
            FrameSinks sinks,
            WorkerStatistics statistics,
            FrameConfig config) {
        this.trackerFactory = trackerFactory;
        this.text = text;
        this.plan = plan;
        this.broker = broker;
        this.publisher = publisher;
        this.factory = factory;
        this.workers = workers;
        this.events = events;
        this.workQueue = workQueue;
        this.metricsThread = BackgroundThread.every("metrics", METRICS_EVERY, metrics::refresh);
        this.statuses = statuses;
        this.sinks = sinks;
        this.statistics = statistics;
        this.statisticsFile = config.workerStatsFile();
    }

    void guard(@Observes Filters filters, BasicAccess access) {
        access.guard(filters);
    }

    void start(@Observes StartupEvent event) {
        factory.warmUp();
        if (plan.broker().isLookedFor()) {
            broker.start();
        }
        publisher.start();
        events.start();
        if (plan.asksWorkQueue()) {
            workQueue.start();
        }
        statuses.start();
        metricsThread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        metricsThread.close();
        workQueue.close();
        events.close();
        workers.close();
        statuses.close();
        sinks.close();
        statisticsFile.ifPresent(file -> statistics.write(Path.of(file), factory.errors()));
        publisher.close();
        broker.close();
        if (workers.hasEnded()) {
            trackerFactory.close();
            text.close();
        } else {
            LOG.warn("models not freed cause=a stream's last frame still uses them");
        }
    }
}
