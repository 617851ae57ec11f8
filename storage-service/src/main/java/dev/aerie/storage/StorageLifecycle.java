package dev.aerie.storage;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.service.direct.WorkerPlan;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkerStatusPublisher;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.health.ArchiveMetrics;
import dev.aerie.storage.segment.ArchiveMaintenance;
import dev.aerie.storage.segment.SnapshotTaker;
import dev.aerie.storage.work.RecordingWorker;
import dev.aerie.threads.BackgroundThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Starts what runs by itself, the way out before the way in, and stops it the other way round.
@Singleton
final class StorageLifecycle {

    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);

    private final WorkerPlan plan;
    private final BrokerConnection broker;
    private final ConfirmedPublisher publisher;
    private final LivePublisher live;
    private final Catalog catalog;
    private final ArchiveMaintenance maintenance;
    private final SnapshotTaker snapshots;
    private final StreamWorkers<RecordingWorker> recordings;
    private final LiveSubscriber events;
    private final StreamWorkQueue workQueue;
    private final WorkerStatusPublisher statuses;
    private final BackgroundThread metricsThread;

    StorageLifecycle(
            WorkerPlan plan,
            BrokerConnection broker,
            ConfirmedPublisher publisher,
            LivePublisher live,
            Catalog catalog,
            ArchiveMaintenance maintenance,
            SnapshotTaker snapshots,
            StreamWorkers<RecordingWorker> recordings,
            LiveSubscriber events,
            StreamWorkQueue workQueue,
            ArchiveMetrics metrics,
            WorkerStatusPublisher statuses) {
        this.plan = plan;
        this.broker = broker;
        this.publisher = publisher;
        this.live = live;
        this.catalog = catalog;
        this.maintenance = maintenance;
        this.snapshots = snapshots;
        this.recordings = recordings;
        this.events = events;
        this.workQueue = workQueue;
        this.metricsThread = BackgroundThread.every("metrics", METRICS_EVERY, metrics::refresh);
        this.statuses = statuses;
    }

    void start(@Observes StartupEvent event) {
        if (plan.broker().isLookedFor()) {
            broker.start();
        }
        publisher.start();
        live.start();
        catalog.start();
        maintenance.start();
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
        recordings.close();
        statuses.close();
        snapshots.close();
        maintenance.close();
        catalog.close();
        live.close();
        publisher.close();
        broker.close();
    }
}
