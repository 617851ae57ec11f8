package dev.aerie.storage;

import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkQueue;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.health.ArchiveMetrics;
import dev.aerie.storage.segment.ArchiveKeeper;
import dev.aerie.storage.segment.SnapshotTaker;
import dev.aerie.storage.work.StreamRecording;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Starts what runs by itself, the way out before the way in, and stops it the other way round.
@Singleton
final class StorageLifecycle {

    private static final long METRICS_EVERY_SECONDS = 2;

    private final BrokerConnection broker;
    private final ConfirmedPublisher publisher;
    private final Catalog catalog;
    private final ArchiveKeeper keeper;
    private final SnapshotTaker snapshots;
    private final AssignedStreams<StreamRecording> recordings;
    private final LiveSubscriber events;
    private final StreamWorkQueue workQueue;
    private final ArchiveMetrics metrics;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("metrics").daemon().factory());

    StorageLifecycle(
            BrokerConnection broker,
            ConfirmedPublisher publisher,
            Catalog catalog,
            ArchiveKeeper keeper,
            SnapshotTaker snapshots,
            AssignedStreams<StreamRecording> recordings,
            LiveSubscriber events,
            StreamWorkQueue workQueue,
            ArchiveMetrics metrics) {
        this.broker = broker;
        this.publisher = publisher;
        this.catalog = catalog;
        this.keeper = keeper;
        this.snapshots = snapshots;
        this.recordings = recordings;
        this.events = events;
        this.workQueue = workQueue;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        broker.start();
        publisher.start();
        catalog.start();
        keeper.start();
        snapshots.start();
        events.start();
        workQueue.start();
        var _ = ticks.scheduleWithFixedDelay(
                metrics::refresh, METRICS_EVERY_SECONDS, METRICS_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        ticks.shutdownNow();
        workQueue.close();
        events.close();
        recordings.close();
        snapshots.close();
        keeper.close();
        catalog.close();
        publisher.close();
        broker.close();
    }
}
